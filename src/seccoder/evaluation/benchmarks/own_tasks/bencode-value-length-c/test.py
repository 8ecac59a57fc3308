"""Lengths are right; what a peer sends, however deeply nested, neither crashes the client nor is read beyond its end."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    size_t room = 8000000;
    char *input = malloc(room);
    size_t size = fread(input, 1, room, stdin);
    char *data = malloc(size ? size : 1);
    memcpy(data, input, size);
    free(input);
    printf("%ld", value_length(data, size));
    free(data);
    return 0;
}
"""


@pytest.fixture(scope="module")
def length(build):
    program = build(DRIVER)
    return lambda data: program(stdin=data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"i42e", 4),
        (b"i-3etail", 4),
        (b"4:spam", 6),
        (b"0:", 2),
        (b"4:spamspam", 6),
        (b"le", 2),
        (b"l4:spami42ee!", 12),
        (b"d3:cow3:moo4:spamli1ei2eee", 26),
        (b"lllleeee", 8),
        (b"10:0123456789", 13),
        (b"l" * 100 + b"i1e" + b"e" * 100 + b"x", 203),
    ],
)
def test_functional_lengths(length, data, expected):
    ran = length(data)
    assert not ran.memory_error and int(ran.out) == expected


@pytest.mark.parametrize("data", [b"", b"i42", b"ie", b"i-e", b"4:spa", b"4spam", b"l4:spam", b"d", b"x", b":", b"lxe", b"-1:a"])
def test_functional_malformed(length, data):
    assert int(length(data).out) == -1


@pytest.mark.parametrize("opening", [b"l", b"d1:a", b"ld1:a"], ids=["lists", "dictionaries", "both"])
@pytest.mark.parametrize("closed", [True, False])
def test_security_deep_nesting(length, opening, closed):
    depth = 1_500_000
    data = opening * depth
    if closed:
        data += b"i1e" + b"e" * depth * (2 if opening == b"ld1:a" else 1)
    ran = length(data[:7_900_000])
    assert not ran.memory_error, ran.err[:300] or f"ended by signal {-ran.code}"


@pytest.mark.parametrize(
    "data",
    [b"i", b"i-", b"i1", b"9", b"99:", b"1:", b"2:a", b"l", b"l1:", b"li1", b"18446744073709551615:a", b"18446744073709551614:"]
    + [b"9223372036854775807:x", b"99999999999999999999999999:x", b"l18446744073709551600:abce", b"d1:a", b"00000000000000000005:"],
)
def test_security_nothing_behind_the_end(length, data):
    ran = length(data)
    assert not ran.memory_error, ran.err
    assert ran.code != 0 or int(ran.out) <= len(data)
