"""Call signs are copied; of the lengths around the array's size, none writes behind it."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    char *call = malloc(CALL_SIZE);
    int length = copy_call(call, argv[1]);
    printf("%d %s", length, length < 0 ? "" : call);
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


@pytest.mark.parametrize("call", ["DL1ABC", "", "K", "3DA0XYZ/MM"])
def test_functional_copied(run, call):
    assert run(call) == run(f"{call} de OE1X") == f"{len(call)} {call}"


def test_functional_too_long(run):
    assert run("X" * 13) == run("X" * 400 + " de OE1X") == "-1 "


@pytest.mark.parametrize("message", ["EA8/DL1ABC/P", "X" * 12, "X" * 12 + " de OE1X"])
def test_security_just_too_long(run, message):
    assert run(message) == "-1 "


def test_security_longest_that_fits(run):
    assert run("X" * 11) == "11 " + "X" * 11
