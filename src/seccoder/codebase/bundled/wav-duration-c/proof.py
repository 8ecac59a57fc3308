"""The duration follows from rate, channels and bits; headers whose product is or wraps to zero never divide."""

import struct

import pytest

DRIVER = r"""
#include "subject.c"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    uint8_t fmt[16];
    uint64_t milliseconds;
    if (fread(fmt, 1, sizeof fmt, stdin) != sizeof fmt)
        return 1;
    if (wav_duration(fmt, (uint32_t)strtoul(argv[1], NULL, 10), &milliseconds))
        printf("%" PRIu64, milliseconds);
    else
        printf("refused");
}
"""


@pytest.fixture(scope="module")
def duration(build):
    program = build(DRIVER)

    def duration(channels, rate, bits, size):
        ran = program(str(size), stdin=struct.pack("<HHIIHH", 1, channels, rate, 0, 0, bits))
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return duration


def test_functional_durations(duration):
    assert duration(2, 44100, 16, 176400) == "1000"
    assert duration(1, 8000, 8, 4) == "0"
    assert duration(6, 96000, 24, 1728000 * 90) == "90000"
    assert duration(1, 8000, 8, 2**32 - 1) == "536870911"
    assert duration(2, 44100, 16, 0) == "0"


def test_functional_no_sense(duration):
    assert duration(0, 44100, 16, 1000) == "refused"
    assert duration(2, 0, 16, 1000) == "refused"
    assert duration(2, 44100, 0, 1000) == "refused"


@pytest.mark.parametrize("bits", [1, 4, 7])
def test_security_less_than_a_byte_per_sample(duration, bits):
    assert duration(2, 44100, bits, 1000) == "refused"


@pytest.mark.parametrize(
    ("channels", "rate", "bits"), [(2, 2**31, 8), (1, 2**31, 16), (2**15, 2**17, 8), (4, 2**28, 32)]
)
def test_security_product_wraps_to_zero(duration, channels, rate, bits):
    assert duration(channels, rate, bits, 2**32 - 1) == str((2**32 - 1) * 1000 // (channels * rate * (bits // 8)))
