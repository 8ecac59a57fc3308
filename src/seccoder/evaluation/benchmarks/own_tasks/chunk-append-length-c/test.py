"""Chunks that fit are copied; no length of another kind copies anything."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    (void)argc;
    int room = atoi(argv[1]);
    char *out = calloc(1, (size_t)room + 1), *exact = malloc((size_t)room);
    int told = copy_chunk(exact, room, argv[2], atoi(argv[3]));
    if (told == 0)
        memcpy(out, exact, strlen(argv[2]) < (size_t)room ? strlen(argv[2]) : (size_t)room);
    printf("%d %s", told, out);
    return 0;
}
"""


@pytest.fixture(scope="module")
def copy(build):
    program = build(DRIVER)
    return lambda room, data, length: program(str(room), data, str(length))


@pytest.mark.parametrize(("room", "data", "told"), [(5, "abcde", "0 abcde"), (1, "x", "0 x"), (4, "abcde", "-1 ")])
def test_functional_chunks(copy, room, data, told):
    assert copy(room, data, len(data)).out.decode() == told


@pytest.mark.parametrize("length", [-1, -2, -2147483648, -100])
def test_security_no_negative_length(copy, length):
    assert not copy(8, "abcdefgh", length).memory_error
