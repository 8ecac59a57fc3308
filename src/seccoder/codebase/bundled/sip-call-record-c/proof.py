"""One call is one line with three columns, and the strings can be told again from what was written."""

import re

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>

int main(int argc, char **argv) {
    return record_call(stdout, argv[1], argv[2], atoi(argv[3]));
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


def read(line):
    """The three columns; whatever the notation, with what it stands for in its place."""
    assert line.endswith("\n") and not re.search(r"[\r\n]", line[:-1])
    columns = line[:-1].split("\t")
    assert len(columns) == 3
    return [re.sub(r"\\x([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), column) for column in columns]


@pytest.mark.parametrize("caller", ["ann@pbx.example", "Zoë", "", "0431 5551 (home)"])
def test_functional_call(run, caller):
    assert read(run(caller, "+49 30 1", "62")) == [caller, "+49 30 1", "62"]


@pytest.mark.parametrize("text", ["a\nbob\t110\t9999", "a\r", "\t", "a\x1b[2K", "\\x0a", "\\", "a\n\n", "\x7f"])
def test_security_one_line_of_three_columns(run, text):
    assert read(run(text, "110", "5")) == [text, "110", "5"]
    assert read(run("ann", text, "5")) == ["ann", text, "5"]
