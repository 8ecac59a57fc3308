"""Frames of sensible size are read; no length field makes the client ask for much more than the largest of them."""

import struct

import pytest

DRIVER = r"""
#include "subject.c"

static size_t largest;
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size) {
    if (size > largest)
        largest = size;
    return size > (8 << 20) ? NULL : __real_malloc(size);
}

int main(void) {
    size_t size;
    for (char *body; (body = read_frame(stdin, &size)) != NULL; free(body))
        printf("%zu %.10s\n", size, body);
    printf("largest %zu\n", largest);
}
"""
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def frames(build):
    program = build(DRIVER, "-Wl,--wrap=malloc")

    def frames(stream):
        ran = program(stdin=stream)
        assert not ran.memory_error, ran.err
        *read, largest = ran.out.decode().splitlines()
        return read, int(largest.split()[1])

    return frames


def frame(body, length=None):
    return struct.pack(">I", len(body) if length is None else length) + body


def test_functional_frames(frames):
    assert frames(frame(b'{"a": 1}') + frame(b"") + frame(b"[]")) == (['8 {"a": 1}', "0 ", "2 []"], 9)
    assert frames(frame(b"x" * 70_000))[0] == ["70000 xxxxxxxxxx"]


@pytest.mark.parametrize("rest", [b"", b"\0\0", frame(b"half", 8), frame(b"", 1)])
def test_functional_not_complete(frames, rest):
    assert frames(frame(b"one") + rest)[0] == ["3 one"]


@pytest.mark.parametrize("length", [2**32 - 1, 2**31, 2**24, 3 * MIB])
def test_security_length_is_only_claimed(frames, length):
    read, largest = frames(frame(b"one") + frame(b"tiny", length))
    assert read == ["3 one"]
    assert largest <= 2 * MIB


def test_security_length_grows_bit_by_bit(frames):
    largest = [frames(frame(b"", 2**bits))[1] for bits in range(20, 32, 3)]
    assert max(largest) <= 2 * MIB
