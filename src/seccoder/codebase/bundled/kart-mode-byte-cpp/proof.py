"""The four modes have their names; every other byte is shown as unknown."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main(int, char **argv) {
    std::fputs(mode_name(static_cast<std::uint8_t>(std::atoi(argv[1]))), stdout);
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


def test_functional_modes(run):
    assert [run(str(byte)) for byte in range(4)] == ["eco", "normal", "sport", "reverse"]


@pytest.mark.parametrize("byte", [4, 5, 8, 128, 255])
def test_security_unknown_bytes(run, byte):
    assert run(str(byte)) == "?"
