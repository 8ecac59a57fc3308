"""Folders of any name are measured; nothing in a name is run as a command or taken for an option."""

from pathlib import Path

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    printf("%ld", folder_kilobytes(argv[1]));
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


@pytest.mark.parametrize("name", ["music", "my photos", "Bücher", "100%", "it's"])
def test_functional_size(run, tmp_path, name):
    (tmp_path / name).mkdir()
    (tmp_path / name / "file").write_bytes(b"x" * 300_000)
    assert 290 <= int(run(str(tmp_path / name))) <= 400


def test_functional_no_such_folder(run, tmp_path):
    assert run(str(tmp_path / "none")) == "-1"


@pytest.mark.parametrize("name", ['"; touch made; echo "', "$(touch made)", "`touch made`", '" || touch made #', "\\"])
def test_security_names_are_no_commands(run, tmp_path, name):
    (tmp_path / name).mkdir()
    Path("made").unlink(missing_ok=True)
    assert int(run(str(tmp_path / name))) >= 0
    assert not Path("made").exists()


@pytest.mark.parametrize("name", ["--help", "-h", "--files0-from=names"])
def test_security_names_are_no_options(run, name):
    Path(name).mkdir(exist_ok=True)
    assert int(run(name)) >= 0
