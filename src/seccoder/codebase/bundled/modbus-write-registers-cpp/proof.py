"""Registers inside the bank are written; a request that leaves it, or the address space, changes nothing."""

import struct

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main(int, char **argv) {
    std::vector<std::uint16_t> registers(std::strtoul(argv[1], nullptr, 10));
    std::vector<std::uint8_t> request;
    for (int c; (c = std::getchar()) != EOF;)
        request.push_back(c);
    request.shrink_to_fit();
    std::printf("%d", static_cast<int>(write_registers(registers, request)));
    for (std::size_t i = 0; i < registers.size(); ++i)
        if (registers[i] != 0)
            std::printf(" %zu=%d", i, registers[i]);
}
"""


@pytest.fixture(scope="module")
def write(build):
    program = build(DRIVER)

    def send(bank, request):
        ran = program(str(bank), stdin=request)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return send


def request(start, *values, count=None, size=None):
    count = len(values) if count is None else count
    head = struct.pack(">BHHB", 16, start, count, 2 * count % 256 if size is None else size)
    return head + struct.pack(f">{len(values)}H", *values)


def test_functional_writes(write):
    assert write(100, request(7, 1, 515)) == "0 7=1 8=515"
    assert write(100, request(99, 65535)) == "0 99=65535"
    assert write(100, request(0, *range(1, 101))).startswith("0 0=1 1=2 ")
    assert write(65536, request(65534, 8)) == "0 65534=8"


def test_functional_outside_the_bank(write):
    assert write(100, request(100, 1)) == "2"
    assert write(100, request(99, 1, 2)) == "2"
    assert write(0, request(0, 1)) == "2"


@pytest.mark.parametrize(
    "wrong",
    [b"", b"\x10\0\0\0\1", request(0, 1)[:-1], request(0, 1) + b"\0", request(0), request(0, 1, size=4), b"\6" * 8],
)
def test_functional_malformed(write, wrong):
    assert write(100, wrong) == "3"


@pytest.mark.parametrize("start", [65535, 65534, 65500, 65414])
def test_security_address_wraps(write, start):
    values = [1] * (65536 - start)
    for bank in (0, 100, 1000):
        assert write(bank, request(start, *values)) == "2"


def test_security_top_of_a_full_bank(write):
    assert write(65536, request(65535, 8)) == "0 65535=8"
    assert write(65536, request(65535, 8, 9)) == "2"
    assert write(65536, request(65530, *range(100))) == "2"
