"""Notes are opened, and no other file."""

from pathlib import Path

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv)
{
    char line[80] = "";
    (void)argc;
    FILE *file = open_note(argv[1]);
    printf("%s", file == NULL ? "none" : fgets(line, sizeof line, file) ? line : "nothing");
    return 0;
}
"""


@pytest.fixture(scope="module")
def opened(build):
    program = build(DRIVER)
    Path("notes").mkdir()
    Path("notes/shopping").write_text("milk")
    Path("notes/to do.txt").write_text("call Ann")
    Path("private").write_text("hunter2")
    return program


def test_functional_notes(opened):
    assert opened("shopping").out == b"milk" and opened("to do.txt").out == b"call Ann"
    assert opened("nothing").out == b"none"


@pytest.mark.parametrize("name", ["../private", "./../private", "..//private", "../notes/../private"])
def test_security_no_other_file(opened, name):
    assert b"hunter2" not in opened(name).out
