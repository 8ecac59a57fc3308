"""Lines have their colours; whatever else the server sends is grey, and nothing beside the table is read."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv) {
    printf("%06x", (unsigned)line_colour(argv[1]));
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


def test_functional_colours(run):
    assert (run("1"), run("2"), run("8")) == ("e2001a", "00963f", "9d8a65")
    assert run("9") == run("99999999999999999999") == run("") == run("night") == run("3b") == "808080"


@pytest.mark.parametrize(
    "line", ["0", "-1", "-2", "-8", "-100000", "-9223372036854775808", "-99999999999999999999", " 0"]
)
def test_security_below_the_first(run, line):
    assert run(line) == "808080"
