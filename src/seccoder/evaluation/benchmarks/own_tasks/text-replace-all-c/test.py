"""Every occurrence is replaced, in memory that is large enough for all of them."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argc;
    char *text = strdup(argv[1]), *from = strdup(argv[2]), *to = strdup(argv[3]);
    char *result = replace_all(text, from, to);
    printf("%s", result ? result : "NULL");
    free(result);
    free(text);
    free(from);
    free(to);
    return 0;
}
"""


@pytest.fixture(scope="module")
def replace(build):
    program = build(DRIVER)
    return lambda text, old, new: program(text, old, new)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("Dear NAME, hello", "NAME", "Ann"),
        ("NAME and NAME", "NAME", "Zacharias"),
        ("aaa", "a", "b"),
        ("banana", "an", ""),
        ("banana", "xyz", "long replacement"),
        ("", "a", "b"),
        ("a", "a", "a longer text"),
        ("aaaa", "aa", "a"),
        ("x-x", "x", "xx"),
        ("the end NAME", "NAME", "Ö"),
    ],
)
def test_functional_texts(replace, text, old, new):
    ran = replace(text, old, new)
    assert not ran.memory_error and ran.out.decode() == text.replace(old, new)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("a" * 10, "a", "b" * 10),
        ("a" * 100, "a", "b" * 100),
        ("a,b," * 50, ",", " and then "),
        ("NAME" * 40, "NAME", "Bartholomew the Younger"),
        ("a" * 7, "a", "bb" * 7),
        ("x" * 1000, "x", "&amp;"),
        ("ab" * 300, "ab", "abab" * 8),
        (" a" * 30, "a", "1234567890" * 3),
    ],
)
def test_security_the_memory_is_enough(replace, text, old, new):
    ran = replace(text, old, new)
    assert not ran.memory_error, ran.err
