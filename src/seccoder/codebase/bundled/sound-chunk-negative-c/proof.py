"""Blocks up to the buffer's capacity are read; no number in the stream makes it write behind the buffer."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>

int main(void) {
    uint8_t *buffer = malloc(64);
    int32_t size = read_block(stdin, buffer, 64);
    printf("%d ", (int)size);
    if (size > 0)
        fwrite(buffer, 1, (size_t)size, stdout);
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


def block(number, data=b""):
    return number.to_bytes(4, "little", signed=True) + data


@pytest.mark.parametrize("size", [0, 1, 63, 64])
def test_functional_blocks(run, size):
    assert run(stdin=block(size, b"s" * size) + b"next") == f"{size} " + "s" * size


def test_functional_cut_and_too_long(run):
    assert run(stdin=b"") == run(stdin=b"\x01\x00") == run(stdin=block(5, b"abc")) == "-1 "
    assert run(stdin=block(65, b"s" * 65)) == "-1 "


@pytest.mark.parametrize("number", [-1, -2, -64, -65, -(2**31), -(2**31) + 100])
def test_security_negative_numbers(run, number):
    assert run(stdin=block(number, b"s" * 300)) == "-1 "
