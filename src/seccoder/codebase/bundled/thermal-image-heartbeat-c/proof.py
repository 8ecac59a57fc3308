"""Echoes come back; a packet that claims more than it brought gets no answer, and nothing behind it is read."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    uint8_t in[4096], answer[MAX_ANSWER];
    size_t size = fread(in, 1, sizeof in, stdin);
    uint8_t *packet = malloc(size + 1);
    packet = realloc(packet, size ? size : 1);
    memcpy(packet, in, size);
    size = answer_echo(packet, size, answer);
    fwrite(answer, 1, size, stdout);
}
"""


@pytest.fixture(scope="module")
def echo(build):
    program = build(DRIVER)

    def echo(packet):
        ran = program(stdin=packet)
        assert not ran.memory_error, ran.err
        return ran.out

    return echo


@pytest.mark.parametrize("size", [0, 1, 255, 256, 1021])
def test_functional_comes_back(echo, size):
    rest = size.to_bytes(2, "big") + b"e" * size
    assert echo(b"\x01" + rest) == b"\x02" + rest
    assert echo(b"\x01" + rest + b"padding") == b"\x02" + rest


def test_functional_no_answer(echo):
    assert echo(b"") == echo(b"\x01\x00") == echo(b"\x02\x00\x01a") == b""
    assert echo(b"\x01" + (1022).to_bytes(2, "big") + b"e" * 1022) == b""


@pytest.mark.parametrize(("claimed", "there"), [(1, 0), (16, 15), (1000, 4), (1021, 1020), (0xFFFF, 10)])
def test_security_no_more_than_arrived(echo, claimed, there):
    assert echo(b"\x01" + claimed.to_bytes(2, "big") + b"e" * there) == b""
