"""A response is fresh for max-age seconds, but never longer than a sensible time and never until before it came."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    const Clock::time_point received(std::chrono::seconds(1700000000));
    const auto lifetime = fresh_until(received, argv[1]) - received;
    std::printf("%lld", static_cast<long long>(std::chrono::duration_cast<std::chrono::seconds>(lifetime).count()));
}
"""
YEAR = 365 * 24 * 3600


@pytest.fixture(scope="module")
def lifetime(build):
    program = build(DRIVER)

    def lifetime(max_age):
        ran = program(max_age)
        assert not ran.memory_error, ran.err
        return int(ran.out)

    return lifetime


@pytest.mark.parametrize("seconds", [0, 1, 60, 86400, YEAR])
def test_functional_seconds(lifetime, seconds):
    assert lifetime(str(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "soon", "60s", "1.5", " 60", "-", "-1", "-86400"])
def test_functional_not_fresh(lifetime, text):
    assert lifetime(text) == 0


@pytest.mark.parametrize("seconds", [2**33, 9223372036, 9223372037, 10**10, 10**12, 2**62, 2**63 - 1])
def test_security_too_long_for_the_clock(lifetime, seconds):
    assert YEAR <= lifetime(str(seconds)) < 100 * YEAR


@pytest.mark.parametrize("seconds", [-(10**10), -(2**63), -(2**70)])
def test_security_far_below_zero(lifetime, seconds):
    assert lifetime(str(seconds)) == 0


@pytest.mark.parametrize("seconds", [2**63, 10**30])
def test_security_too_long_for_64_bits(lifetime, seconds):
    assert YEAR <= lifetime(str(seconds)) < 100 * YEAR
