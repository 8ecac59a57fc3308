"""Updates that the device can carry out are decoded; no other slot and no image larger than its slot gets through."""

import struct

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main() {
    Bytes message;
    for (int c; (c = std::getchar()) != EOF;)
        message.push_back(c);
    message.shrink_to_fit();
    const auto update = decode_update(message);
    if (!update)
        return std::printf("refused"), 0;
    std::printf("slot %d version %d size %zu last %d", static_cast<int>(update->slot), update->version,
                update->image.size(), update->image.back());
}
"""
APPLICATION, BOOTLOADER = 64 * 1024, 8 * 1024


@pytest.fixture(scope="module")
def decoded(build):
    program = build(DRIVER)

    def decoded(message):
        ran = program(stdin=message)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return decoded


def update(slot, image, version=1, size=None, magic=b"FWU1"):
    return magic + struct.pack("<BHI", slot, version, len(image) if size is None else size) + image


def test_functional_updates(decoded):
    assert decoded(update(0, b"\0\x07", version=513)) == "slot 0 version 513 size 2 last 7"
    assert decoded(update(1, b"\xff", version=65535)) == "slot 1 version 65535 size 1 last 255"


def test_functional_full_slots(decoded):
    assert decoded(update(0, b"A" * APPLICATION)) == f"slot 0 version 1 size {APPLICATION} last 65"
    assert decoded(update(1, b"B" * BOOTLOADER)) == f"slot 1 version 1 size {BOOTLOADER} last 66"


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"FWU1",
        update(0, b""),
        update(0, b"x", magic=b"FWU2"),
        update(0, b"x", size=2),
        update(0, b"xy", size=1),
        update(0, b"x", size=2**32 - 1),
    ],
)
def test_functional_malformed(decoded, message):
    assert decoded(message) == "refused"


@pytest.mark.parametrize("slot", [2, 3, 127, 128, 255])
def test_security_there_is_no_such_slot(decoded, slot):
    assert decoded(update(slot, b"image")) == "refused"


def test_security_image_larger_than_its_slot(decoded):
    assert decoded(update(1, b"B" * (BOOTLOADER + 1))) == "refused"
    assert decoded(update(1, b"B" * APPLICATION)) == "refused"


def test_security_image_larger_than_the_application(decoded):
    assert decoded(update(0, b"A" * (APPLICATION + 1))) == "refused"
