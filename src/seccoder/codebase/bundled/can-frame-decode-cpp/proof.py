"""A frame never holds more than eight bytes, whatever its DLC says and however much follows."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <vector>

int main() {
    std::vector<std::uint8_t> bytes;
    for (int c; (c = std::getchar()) != EOF;)
        bytes.push_back(c);
    bytes.shrink_to_fit();
    const auto frame = decode_frame(bytes.data(), bytes.size());
    if (!frame)
        return std::printf("nothing"), 0;
    std::printf("%x %d", static_cast<unsigned>(frame->id), frame->length);
    for (int i = 0; i < frame->length && i < 8; ++i)
        std::printf(" %02x", frame->data[i]);
}
"""


@pytest.fixture(scope="module")
def decode(build):
    program = build(DRIVER)

    def decode(raw):
        ran = program(stdin=raw)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return decode


def frame(dlc, data, identifier=0x123):
    return identifier.to_bytes(4, "big") + bytes([dlc]) + data


def test_functional_frames(decode):
    assert decode(frame(3, b"\x01\x02\xff")) == "123 3 01 02 ff"
    assert decode(frame(8, bytes(range(8)), 0x9FFFFFFF)) == "9fffffff 8 00 01 02 03 04 05 06 07"
    assert decode(frame(0, b"")) == "123 0"


def test_functional_high_bits_of_the_dlc_byte_are_flags(decode):
    assert decode(frame(0xF2, b"\x0a\x0b")) == "123 2 0a 0b"


@pytest.mark.parametrize("raw", [b"", b"\0\0\1\x23", frame(1, b""), frame(8, b"1234567"), frame(15, b"1234567")])
def test_functional_cut_short(decode, raw):
    assert decode(raw) == "nothing"


@pytest.mark.parametrize("dlc", range(9, 16))
def test_security_dlc_above_eight(decode, dlc):
    for sent in (8, 15, 64):
        assert decode(frame(dlc, b"\xaa" * sent)) == "123 8" + " aa" * 8
