"""Decodes well-formed textures exactly; packets that are longer than the image or the data end in NULL, not beyond."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv) {
    static uint8_t input[200000];
    size_t size = fread(input, 1, sizeof input, stdin);
    uint8_t *data = malloc(size ? size : 1); /* of the exact size, so that reading past it is noticed */
    memcpy(data, input, size);
    uint16_t width = (uint16_t)atoi(argv[1]), height = (uint16_t)atoi(argv[2]);
    uint8_t *image = texture_decode(data, size, width, height);
    if (image == NULL)
        return printf("refused"), 0;
    fwrite(image, 1, (size_t)width * height, stdout);
    free(image);
    free(data);
}
"""


@pytest.fixture(scope="module")
def decode(build):
    program = build(DRIVER)

    def run(width, height, data):
        ran = program(str(width), str(height), stdin=bytes(data))
        assert not ran.memory_error, ran.err
        return ran.out

    return run


def repeat(count, pixel):
    return [0x80 | count - 1, pixel]


def raw(*pixels):
    return [len(pixels) - 1, *pixels]


def test_functional_packets(decode):
    assert decode(4, 2, repeat(5, 7) + raw(1, 2, 3)) == bytes([7] * 5 + [1, 2, 3])
    assert decode(1, 1, raw(9)) == decode(1, 1, repeat(1, 9)) == b"\x09"
    assert decode(128, 2, repeat(128, 3) + raw(*range(128))) == bytes([3] * 128 + [*range(128)])


def test_functional_large(decode):
    assert decode(1024, 700, repeat(128, 5) * (1024 * 700 // 128)) == bytes([5]) * 1024 * 700


def test_functional_what_follows_is_left_alone(decode):
    assert decode(2, 1, raw(1, 2) + repeat(100, 4)) == b"\x01\x02"
    assert decode(0, 5, repeat(3, 3)) == b""


@pytest.mark.parametrize(
    "data", [[], [0x83], [0x03, 1, 2, 3], raw(1, 2), repeat(3, 1), repeat(3, 1) + [0x80], raw(1, 2, 3) + [0]]
)
def test_functional_cut_off(decode, data):
    assert decode(2, 2, data) == b"refused"


@pytest.mark.parametrize(
    ("width", "height", "data"),
    [
        (2, 2, repeat(5, 0x41)),
        (2, 2, repeat(128, 0x41)),
        (2, 2, raw(1, 2, 3, 4, 5)),
        (2, 2, raw(*range(128))),
        (2, 2, repeat(3, 1) + repeat(2, 2)),
        (2, 2, raw(1, 2, 3) + raw(4, 5)),
        (1, 1, repeat(2, 0x41)),
        (16, 8, repeat(127, 1) + repeat(2, 2)),
        (16, 8, repeat(127, 1) + raw(*range(128))),
        (65535, 1, repeat(128, 1) * 512),
    ],
)
def test_security_packet_longer_than_the_image(decode, width, height, data):
    assert decode(width, height, data) == b"refused"


@pytest.mark.parametrize("head", [0x7F, 0xFF, 0x00, 0x80])
def test_security_packet_longer_than_the_data(decode, head):
    assert decode(200, 200, [head]) == b"refused"
