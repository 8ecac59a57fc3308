"""Shallow lists are counted; a hundred thousand opening brackets must be refused and not end the program."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    static char text[2000000];
    fread(text, 1, sizeof text - 1, stdin);
    printf("%ld", count_words(text));
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


@pytest.mark.parametrize(
    ("text", "words"), [("()", 0), ("(a)", 1), ("(a (b c) (d))", 4), ("(((x)))", 1), ("(a", -1), ("a", -1), ("(a))", -1)]
)
def test_functional_words(run, text, words):
    assert run(stdin=text.encode()) == str(words)


@pytest.mark.parametrize("depth", [100_000, 900_000])
def test_security_deep_lists(run, depth):
    assert run(stdin=b"(" * depth) == "-1"
    assert run(stdin=b"(" * depth + b")" * depth) == "-1"
