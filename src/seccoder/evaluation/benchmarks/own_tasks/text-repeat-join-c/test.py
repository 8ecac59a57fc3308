"""Texts are repeated; a number so large that the size wraps around gives no text."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argc;
    char *text = repeat_text(argv[1], argv[2], strtoull(argv[3], NULL, 10));
    if (text == NULL) {
        printf("NULL");
        return 0;
    }
    printf("[%.2000s]", text);
    free(text);
    return 0;
}
"""
MAX = 2**64 - 1


@pytest.fixture(scope="module")
def repeat(build):
    program = build(DRIVER)
    return lambda piece, separator, times: program(piece, separator, str(times))


@pytest.mark.parametrize(
    ("piece", "separator", "times", "text"),
    [
        ("--", "+", 3, "[--+--+--]"),
        ("ab", "", 4, "[abababab]"),
        ("x", ", ", 1, "[x]"),
        ("x", ", ", 0, "[]"),
        ("", "-", 3, "[--]"),
        ("", "", 5, "[]"),
        ("=", "", 1000, "[" + "=" * 1000 + "]"),
    ],
)
def test_functional_texts(repeat, piece, separator, times, text):
    ran = repeat(piece, separator, times)
    assert not ran.memory_error and ran.out.decode() == text


@pytest.mark.parametrize(
    ("piece", "separator", "times"),
    [
        ("ab", "", 2**63),
        ("ab", "", 2**63 + 1),
        ("abcd", "", 2**62 + 2),
        ("abc", "", MAX // 3 + 1),
        ("a", "b", 2**63),
        ("a", "b", 2**63 + 1),
        ("a", "bcd", 2**62 + 1),
        ("", "ab", 2**63 + 1),
        ("x", "", MAX),
        ("abcdefg", "hi", MAX // 9 + 2),
    ],
)
def test_security_the_size_does_not_wrap(repeat, piece, separator, times):
    ran = repeat(piece, separator, times)
    assert not ran.memory_error, ran.err
