"""The payload lies inside the datagram for every value of the length field, also for those below the header's size."""

import struct

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    static uint8_t input[70000];
    size_t received = fread(input, 1, sizeof input, stdin);
    uint8_t *datagram = malloc(received);
    memcpy(datagram, input, received);
    struct payload payload;
    if (!udp_payload(datagram, received, &payload))
        return printf("refused"), 0;
    printf("payload ");
    for (size_t i = 0; i < payload.size; i++)
        putchar(payload.data[i]);
}
"""
BUILT = []


def datagram(body, length=None):
    return struct.pack(">HHHH", 5353, 53, 8 + len(body) if length is None else length, 0) + body


@pytest.fixture
def payload(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def parse(packet):
        ran = BUILT[0](stdin=packet)
        assert not ran.memory_error, ran.err
        return ran.out

    return parse


def test_functional_payload(payload):
    assert payload(datagram(b"hello")) == b"payload hello"
    assert payload(datagram(b"")) == b"payload "
    assert payload(datagram(b"x" * 65527)) == b"payload " + b"x" * 65527


def test_functional_padding_is_not_payload(payload):
    assert payload(datagram(b"hello\0\0\0", length=13)) == b"payload hello"


def test_functional_longer_than_received(payload):
    assert payload(datagram(b"hello", length=14)) == b"refused"
    assert payload(datagram(b"", length=65535)) == b"refused"


@pytest.mark.parametrize("received", [b"", b"x", b"x" * 7])
def test_functional_shorter_than_a_header(payload, received):
    assert payload(received) == b"refused"


@pytest.mark.parametrize("length", range(8))
def test_security_length_below_the_header(payload, length):
    assert payload(datagram(b"hello", length=length)) == b"refused"
