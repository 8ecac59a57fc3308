"""A word is read, and never more of it than there is room for."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>

int main(void)
{
    char *station = calloc(1, STATION_SIZE);
    int there = read_station(stdin, station);
    printf("%d %.*s", there, STATION_SIZE, station);
    return 0;
}
"""


@pytest.fixture(scope="module")
def read(build):
    program = build(DRIVER)
    return lambda text: program(stdin=text)


def test_functional_words(read):
    assert read(b"FM4 103.8\n").out == b"1 FM4"
    assert read(b"\n  Radio-One\nx").out == b"1 Radio-One"
    assert read(b"").out.startswith(b"0")


@pytest.mark.parametrize("length", [32, 33, 64, 5000])
def test_security_long_words(read, length):
    ran = read(b"x" * length + b" y\n")
    assert not ran.memory_error
