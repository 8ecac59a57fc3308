"""Frames come out one after the other; damaged files end, and nothing behind them is read."""

import struct

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main() {
    static char in[8192];
    const std::size_t size = std::fread(in, 1, sizeof in, stdin);
    auto *file = static_cast<std::byte *>(std::malloc(size ? size : 1));
    std::memcpy(file, in, size);
    Bytes rest(file, size);
    for (int i = 0; i < 20; ++i) {
        const auto frame = next_frame(rest);
        if (!frame)
            break;
        unsigned sum = 0;
        for (std::size_t j = 0; j < frame->size(); ++j)
            sum += std::to_integer<unsigned>((*frame)[j]);
        std::printf("%zu:%u ", frame->size(), sum);
    }
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


def record(data, captured=None):
    size = len(data) if captured is None else captured
    return struct.pack("<IIII", 1700000000, 5, size, 1500) + data


def test_functional_frames(run):
    assert run(stdin=record(b"\1\2") + record(b"") + record(b"\3" * 1500)) == "2:3 0:0 1500:4500 "
    assert run(stdin=b"") == ""


@pytest.mark.parametrize("end", [record(b"\1", 2), record(b"\1", 2**32 - 1), record(b"", 2**31), b"\1" * 15, b"\1"])
def test_security_damaged_files(run, end):
    assert run(stdin=end) == ""
    assert run(stdin=record(b"\1\1") + end) == "2:2 "
