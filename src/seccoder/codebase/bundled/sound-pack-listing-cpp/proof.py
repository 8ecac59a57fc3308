"""Archives of any name are listed, and nothing in a name is run."""

import tarfile
from pathlib import Path

import pytest

DRIVER = r"""
#include "subject.cpp"

int main(int, char **argv) {
    try {
        for (const std::string &name : listing(argv[1]))
            std::puts(name.c_str());
    } catch (const std::runtime_error &) {
        std::puts("failed");
    }
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER)

    def run(*arguments, stdin=b""):
        ran = program(*arguments, stdin=stdin)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


def archive(name):
    for each in ("kick.wav", "snare 2.wav"):
        Path(each).write_text("sound")
    with tarfile.open(name, "w") as tar:
        tar.add("kick.wav")
        tar.add("snare 2.wav")
    return name


@pytest.mark.parametrize("name", ["drums.tar", "my drums.tar", "b:side.tar", "it's.tar"])
def test_functional_names(run, name):
    assert run(archive(name)) == "kick.wav\nsnare 2.wav\n"


def test_functional_no_archive(run):
    Path("text.tar").write_text("no archive at all")
    assert run("text.tar") == run("none.tar") == "failed\n"


@pytest.mark.parametrize(
    "name", ['"; touch made; "', "$(touch made).tar", "`touch made`", 'x" --to-command="touch made']
)
def test_security_nothing_is_run(run, name):
    Path("made").unlink(missing_ok=True)
    assert run(archive(name)) == "kick.wav\nsnare 2.wav\n"
    assert not Path("made").exists()
