"""Mailboxes are found by the users' names; long names find none, and write nothing behind the array."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    FILE *box = open_mailbox(argv[1], argv[2]);
    int c;
    if (box == NULL)
        printf("none");
    while (box != NULL && (c = getc(box)) != EOF)
        putchar(c);
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
    (tmp_path / "ann.mbox").write_text("From ann")
    return str(tmp_path)


def test_functional_mailbox(run, spool):
    assert run(spool, "ann") == "From ann"
    assert run(spool, "bob") == "none"


@pytest.mark.parametrize("length", [249, 250, 251, 255, 256, 300, 5000])
def test_security_long_names(run, spool, length):
    assert run(spool, "u" * (length - len(spool))) == "none"


def test_security_cut_path_is_not_opened(run, tmp_path):
    folder = tmp_path / ("d" * (254 - len(str(tmp_path)) - 5))
    folder.mkdir()
    assert len(f"{folder}/x") <= 255
    (folder / "xyz").write_text("other")
    assert run(str(folder), "xyz") == "none"
