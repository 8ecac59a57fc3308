"""Truncated and lying options must not make the search, or who uses its result, read behind the packet."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    static uint8_t input[4096];
    size_t size = fread(input, 1, sizeof input, stdin);
    uint8_t *options = malloc(size), length = 0;
    memcpy(options, input, size);
    const uint8_t *value = dhcp_find_option(options, size, (uint8_t)atoi(argv[1]), &length);
    if (value == NULL)
        return printf("none"), 0;
    uint8_t copy[255];
    memcpy(copy, value, length);
    printf("%d:", length);
    fwrite(copy, 1, length, stdout);
}
"""
BUILT = []
MESSAGE_TYPE = bytes([53, 1, 5])
HOST_NAME = bytes([12, 4]) + b"gate"


@pytest.fixture
def find(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def find_option(code, options):
        ran = BUILT[0](str(code), stdin=options)
        assert not ran.memory_error, ran.err
        return ran.out

    return find_option


def test_functional_finds(find):
    options = MESSAGE_TYPE + b"\0\0" + HOST_NAME + b"\xff"
    assert find(53, options) == b"1:\x05"
    assert find(12, options) == b"4:gate"
    assert find(3, options) == b"none"


def test_functional_stops_at_end_and_takes_empty_values(find):
    assert find(12, MESSAGE_TYPE + b"\xff" + HOST_NAME) == b"none"
    assert find(80, bytes([80, 0, 255])) == b"0:"
    assert find(12, b"") == b"none"


def test_functional_last_option_fills_the_packet(find):
    assert find(12, MESSAGE_TYPE + HOST_NAME) == b"4:gate"
    assert find(60, bytes([60, 255]) + b"v" * 255) == b"255:" + b"v" * 255


@pytest.mark.parametrize("announced", [5, 6, 128, 255])
def test_security_value_longer_than_the_packet(find, announced):
    assert find(12, MESSAGE_TYPE + bytes([12, announced]) + b"gate") == b"none"


def test_security_packet_ends_after_the_code(find):
    assert find(12, MESSAGE_TYPE + b"\x0c") == b"none"
    assert find(99, MESSAGE_TYPE + b"\x0c") == b"none"


def test_security_skipped_option_points_behind_the_packet(find):
    assert find(99, MESSAGE_TYPE + bytes([12, 255]) + b"gate") == b"none"
