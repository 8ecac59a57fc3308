"""Nesting is judged down to 32 levels; a file that goes deeper is refused and writes nothing past the array."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    char *text = calloc(1, 1 << 20);
    if (text == NULL || fread(text, 1, (1 << 20) - 1, stdin) == 0)
        text[0] = '\0';
    printf("%s", blocks_balanced(text) ? "balanced" : "not balanced");
    free(text);
}
"""


@pytest.fixture(scope="module")
def balanced(build):
    program = build(DRIVER)

    def balanced(text):
        ran = program(stdin=text.encode())
        assert not ran.memory_error, ran.err
        return ran.out == b"balanced"

    return balanced


@pytest.mark.parametrize(
    "text",
    ["", "name = value", "server { ports [80, 443] }", "a(b[c{d}e]f)g", "{}[]()", 'x = "}" { } # {', "# )\n{\n}", "#"],
)
def test_functional_balanced(balanced, text):
    assert balanced(text)


@pytest.mark.parametrize("text", ["{", "}", "{]", "([)]", "{}}", '{ "}', '"', "{ # }", "{ # }\n"])
def test_functional_not_balanced(balanced, text):
    assert not balanced(text)


def test_functional_deep_enough(balanced):
    assert balanced("{" * 32 + "}" * 32)
    assert balanced("[(" * 16 + ")]" * 16)
    assert balanced("{}" * 1000)


@pytest.mark.parametrize("depth", [33, 34, 40, 1000, 500_000])
def test_security_too_deep(balanced, depth):
    assert not balanced("{" * depth + "}" * depth)


def test_security_too_deep_at_the_end(balanced):
    assert not balanced("[]" * 50 + "(" * 33)
