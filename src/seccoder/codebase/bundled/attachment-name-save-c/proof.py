"""Plain names make a file in the spool; no name makes or touches one anywhere else."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int file = create_attachment(open(argv[1], O_RDONLY | O_DIRECTORY), argv[2]);
    printf("%d", file >= 0 && write(file, "pdf", 3) == 3);
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


@pytest.fixture
def spool(tmp_path):
    (tmp_path / "spool" / "sub").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "spool" / "link").symlink_to(tmp_path / "other" / "linked")
    return tmp_path / "spool"


@pytest.mark.parametrize("name", ["report.pdf", "a b.txt", "Übersicht.ods", "x" * 200, "notes..txt"])
def test_functional_stored(run, spool, name):
    assert run(str(spool), name) == "1" and (spool / name).read_text() == "pdf"


def test_functional_never_replaced(run, spool):
    (spool / "report.pdf").write_text("old")
    assert run(str(spool), "report.pdf") == "0" and (spool / "report.pdf").read_text() == "old"
    assert run(str(spool), "") == run(str(spool), "x" * 201) == run(str(spool), "link") == "0"


@pytest.mark.parametrize("name", ["../other/x", "../x", "sub/x", "sub/../../other/x", "./../x", "{}/x", "//{}/x"])
def test_security_nowhere_else(run, spool, name):
    before = sorted(spool.parent.rglob("*"))
    assert run(str(spool), name.format(spool.parent / "other")) == "0"
    assert sorted(spool.parent.rglob("*")) == before
