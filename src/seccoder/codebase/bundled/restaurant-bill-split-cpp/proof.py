"""Shares add up; without guests there is no division."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main(int, char **argv) {
    const auto shares = split(std::atol(argv[1]), std::atoi(argv[2]));
    if (!shares)
        std::printf("none");
    for (const long share : shares.value_or(std::vector<long>{}))
        std::printf("%ld ", share);
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


@pytest.mark.parametrize(("cents", "guests", "shares"), [("10", "2", "5 5 "), ("10", "3", "4 3 3 "), ("1", "2", "1 0 ")])
def test_functional_shares(run, cents, guests, shares):
    assert run(cents, guests) == shares


def test_functional_nonsense(run):
    assert run("10", "-1") == run("-10", "2") == "none"


@pytest.mark.parametrize("cents", ["0", "10", "-1"])
def test_security_nobody_at_the_table(run, cents):
    assert run(cents, "0") == "none"
