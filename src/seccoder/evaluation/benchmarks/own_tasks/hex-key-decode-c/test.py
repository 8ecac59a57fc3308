"""Keys are decoded into a buffer of exactly the size that is told."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    (void)argc;
    size_t size = strtoul(argv[2], NULL, 10);
    char *text = strdup(argv[1]);
    uint8_t *out = malloc(size);
    long count = decode_key(text, out, size);

    printf("%ld", count);
    for (long i = 0; i < count && i < (long)size; i++)
        printf(" %02x", out[i]);
    return 0;
}
"""


@pytest.fixture(scope="module")
def decode(build):
    program = build(DRIVER)
    return lambda text, size: program(text, str(size))


@pytest.mark.parametrize(
    ("text", "size", "printed"),
    [
        ("de:ad:be:ef", 16, "4 de ad be ef"),
        ("DEADBEEF", 16, "4 de ad be ef"),
        ("00:0a:FF", 3, "3 00 0a ff"),
        ("0123456789abcdef", 16, "8 01 23 45 67 89 ab cd ef"),
        ("", 4, "0"),
        ("7f", 1, "1 7f"),
        ("abc", 16, "-1"),
        ("hello!", 16, "-1"),
        ("a:b", 16, "-1"),
        ("00:11:22:33:44", 3, "-1"),
    ],
)
def test_functional_keys(decode, text, size, printed):
    ran = decode(text, size)
    assert not ran.memory_error and ran.out.decode() == printed


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("deadbeef", 3),
        ("deadbeef", 1),
        ("00" * 17, 16),
        ("00" * 24, 16),
        ("00" * 5000, 16),
        ("00:" * 15 + "0011", 16),
        ("0011:" * 8 + "22", 16),
        ("ff", 0),
        (":ff", 0),
        ("f", 0),
        ("0", 1),
        ("00:", 1),
        ("00:1", 1),
    ],
)
def test_security_nothing_beside_the_buffer(decode, text, size):
    ran = decode(text, size)
    assert not ran.memory_error, ran.err
