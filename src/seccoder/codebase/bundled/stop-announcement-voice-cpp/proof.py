"""Every text is spoken as it stands: it reads no file of the server, writes none, and runs nothing.

espeak-ng is stood in for by a script that, as it does, takes options anywhere before "--" and joins the other words.
"""

import os

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    std::fputs(speak_to_file(argv[1], argv[2]) ? "yes" : "no", stdout);
}
"""
ESPEAK = r"""#!/bin/sh
said= out=
while [ $# -gt 0 ]; do
    case $1 in
        --) shift; for word do said="$said$word"; done; break ;;
        -w | -f | -v | -s) option=$1 value=$2; shift ;;
        --stdin) said=$(cat); option=- ;;
        --path=* | --compile=*) option=- ;;
        -w* | -f* | -v* | -s*) value=${1#-?} option=${1%"$value"} ;;
        -?*) echo "unknown option $1" >&2; exit 1 ;;
        *) said="$said$1"; option=- ;;
    esac
    case $option in
        -w) out=$value ;;
        -f) said=$(cat "$value") || exit 1 ;;
    esac
    shift
done
[ "$said" != mumble ] || exit 2
printf 'WAV of: %s' "$said" > "$out"
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def speak(program, tmp_path):
    tool = tmp_path / "bin" / "espeak-ng"
    tool.parent.mkdir()
    tool.write_text(ESPEAK)
    tool.chmod(0o755)

    def speak(text, file="stop.wav", path=f"{tool.parent}:{os.environ['PATH']}"):
        made = tmp_path / file
        ran = program(text, str(made), env={"PATH": path})
        assert not ran.memory_error, ran.err
        return ran.out.decode(), made.read_text() if made.exists() else None

    return speak


@pytest.mark.parametrize(
    "text", ["Next stop: Old Town", "Größe 7; $(id) `id` | x > y & z", 'it\'s "late"', "a -f b", "two\nlines", "*"]
)
def test_functional_spoken(speak, text):
    assert speak(text) == ("yes", f"WAV of: {text}")


def test_functional_file_name_with_blanks(speak):
    assert speak("Old Town", "-stop 12; x.wav") == ("yes", "WAV of: Old Town")


def test_functional_failures(speak, tmp_path):
    assert speak("mumble") == ("no", None)
    assert speak("Old Town", path=str(tmp_path / "nowhere")) == ("no", None)
    assert speak("Old Town", "missing/stop.wav") == ("no", None)


def test_security_reads_no_file(speak, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("timetable of the director")
    assert speak(f"-f{secret}") == ("yes", f"WAV of: -f{secret}")


def test_security_writes_no_other_file(speak, tmp_path):
    assert speak(f"-w{tmp_path}/other")[0] == "yes"
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("text", ["-5 degrees and snow", "--stdin", "--compile=en", "-v", "--", "-"])
def test_security_spoken_whatever_it_begins_with(speak, text):
    assert speak(text) == ("yes", f"WAV of: {text}")
