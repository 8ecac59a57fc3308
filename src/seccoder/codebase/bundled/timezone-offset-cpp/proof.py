"""The offset is that of the last transition so far; before the first one nothing in front of the vector is read."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main(int argc, char **argv) {
    TimeZone zone{-1, {}};
    for (int i = 2; i + 1 < argc; i += 2)
        zone.transitions.push_back({std::atoll(argv[i]), std::atoi(argv[i + 1])});
    zone.transitions.shrink_to_fit();
    std::printf("%d", offset_at(zone, std::atoll(argv[1])));
}
"""
BERLIN = [(1711846800, 7200), (1729990800, 3600), (1743296400, 7200)]


@pytest.fixture(scope="module")
def offset(build):
    program = build(DRIVER)

    def offset(moment, transitions=BERLIN):
        ran = program(str(moment), *(str(number) for transition in transitions for number in transition))
        assert not ran.memory_error, ran.err
        return int(ran.out)

    return offset


def test_functional_between_transitions(offset):
    assert offset(1720000000) == 7200
    assert offset(1735000000) == 3600


def test_functional_at_a_transition(offset):
    assert offset(1711846800) == 7200
    assert offset(1729990799) == 7200
    assert offset(1729990800) == 3600


def test_functional_after_the_last(offset):
    assert offset(1743296400) == offset(2**62) == 7200


def test_functional_no_transitions(offset):
    assert offset(0, []) == -1


@pytest.mark.parametrize("moment", [1711846799, 0, -1, -(2**63)])
def test_security_before_the_first(offset, moment):
    assert offset(moment) == -1


def test_security_before_the_only_one(offset):
    assert offset(9, [(10, 3600)]) == -1
