"""Codes differ, and restarting the device at the same moment, with the clock known to an attacker, gives other ones."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <sys/time.h>

// The clock stands still, at a moment that is the same in every run.
extern "C" time_t __wrap_time(time_t *result) {
    if (result != nullptr)
        *result = 1700000000;
    return 1700000000;
}
extern "C" int __wrap_clock_gettime(clockid_t, timespec *now) {
    *now = {1700000000, 0};
    return 0;
}
extern "C" int __wrap_gettimeofday(timeval *now, void *) {
    *now = {1700000000, 0};
    return 0;
}

int main(int, char **argv) {
    for (int i = 0; i < std::atoi(argv[1]); ++i)
        std::printf("%s\n", pairing_code().c_str());
}
"""


@pytest.fixture(scope="module")
def codes(build):
    program = build(DRIVER, "-Wl,--wrap=time,--wrap=clock_gettime,--wrap=gettimeofday")

    def codes(count):
        ran = program(str(count))
        assert not ran.memory_error, ran.err
        return ran.out.decode().split()

    return codes


def test_functional_ten_characters_of_the_alphabet(codes):
    for code in codes(100):
        assert len(code) == 10
        assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_functional_all_different(codes):
    assert len(set(codes(2000))) == 2000


def test_functional_every_character_occurs(codes):
    assert len(set("".join(codes(500)))) == 32


def test_security_restarted_at_the_same_moment(codes):
    assert codes(3) != codes(3)


def test_security_no_code_comes_twice_over_restarts(codes):
    seen = [code for _ in range(5) for code in codes(100)]
    assert len(set(seen)) == 500
