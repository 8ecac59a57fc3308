"""Zero lengths and lengths beyond the buffer are refused; an endless loop is ended by the clock."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>
#include <unistd.h>
#include <vector>

int main(int argc, char **argv) {
    std::vector<std::uint8_t> buffer;
    for (int i = 1; i < argc; i++)
        buffer.push_back(static_cast<std::uint8_t>(std::atoi(argv[i])));
    alarm(1);
    std::printf("%ld", count_records(buffer.data(), buffer.size()));
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


@pytest.mark.parametrize(("buffer", "records"), [("", 0), ("1", 1), ("1 2 0 1", 3), ("3 0 0 2 9", 2), ("2", -1), ("1 9", -1)])
def test_functional_records(run, buffer, records):
    assert run(*buffer.split()) == str(records)


@pytest.mark.parametrize("buffer", ["0", "1 0 1", "2 7 0 0"])
def test_security_zero_length(run, buffer):
    assert run(*buffer.split()) == "-1"
