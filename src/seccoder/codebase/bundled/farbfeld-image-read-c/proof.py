"""Dimensions whose product wraps in 32 bits must be refused, not read into a buffer of the wrapped size."""

import struct

import pytest

DRIVER = r"""
#include "subject.c"

int main(void) {
    struct image image = {0, 0, NULL};
    if (!image_read(&image, stdin))
        return printf("refused"), 0;
    printf("%ux%u ", image.width, image.height);
    fwrite(image.pixels, PIXEL_BYTES, (size_t)image.width * image.height, stdout);
    free(image.pixels);
}
"""
BUILT = []


def farbfeld(width, height, pixels=b"", magic=b"farbfeld"):
    return magic + struct.pack(">II", width, height) + pixels


@pytest.fixture
def read(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def read_image(file):
        ran = BUILT[0](stdin=file)
        assert not ran.memory_error, ran.err
        return ran.out

    return read_image


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 2), (1, 100), (200, 1)])
def test_functional_images(read, width, height):
    pixels = bytes(i % 251 for i in range(width * height * 8))
    assert read(farbfeld(width, height, pixels)) == f"{width}x{height} ".encode() + pixels


def test_functional_not_an_image(read):
    assert read(b"") == b"refused"
    assert read(b"farbfeld") == b"refused"
    assert read(farbfeld(1, 1, b"12345678", magic=b"\x89PNG\r\n\x1a\n")) == b"refused"


def test_functional_truncated_or_empty(read):
    assert read(farbfeld(2, 2, b"x" * 31)) == b"refused"
    assert read(farbfeld(0, 5)) == b"refused"
    assert read(farbfeld(5, 0)) == b"refused"


@pytest.mark.parametrize(
    ("width", "height"),
    [(2**29 + 1, 1), (1, 2**29 + 1), (2**15, 2**14 + 1), (2**16, 2**16), (2**31, 2), (2**32 - 1, 2**32 - 1)],
)
def test_security_product_wraps(read, width, height):
    assert read(farbfeld(width, height, b"x" * (1 << 20))) == b"refused"
