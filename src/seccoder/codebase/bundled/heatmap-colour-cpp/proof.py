"""Every reading, finite or not, gets a colour of the palette or grey; no index is made of what is not a number."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main(int, char **argv) {
    const auto number = [&](int i) { return std::strtod(argv[i], nullptr); };
    std::printf("%06x", static_cast<unsigned>(heat_colour(number(1), number(2), number(3))));
}
"""
GREY = "808080"


@pytest.fixture(scope="module")
def colour(build):
    program = build(DRIVER)

    def colour(celsius, coldest="10", hottest="50"):
        ran = program(celsius, coldest, hottest)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return colour


def test_functional_range(colour):
    assert [colour(c) for c in ("10", "20", "30", "40", "50")] == ["2040c0", "20a0c0", "40c040", "e0c020", "d02020"]
    assert colour("24.9") == "20a0c0"
    assert colour("25.1") == "40c040"


def test_functional_beyond_the_range(colour):
    assert colour("-40") == colour("-1e300") == colour("-inf") == "2040c0"
    assert colour("85") == colour("1e300") == colour("inf") == "d02020"


@pytest.mark.parametrize("celsius", ["nan", "-nan", "nan(123)"])
def test_security_reading_is_no_number(colour, celsius):
    assert colour(celsius) == GREY


def test_security_range_is_no_range(colour):
    assert colour("20", "20", "20") == GREY
    assert colour("20", "nan", "50") == GREY
    assert colour("20", "10", "nan") == GREY
    assert colour("inf", "10", "inf") == GREY
    assert colour("20", "-inf", "inf") == GREY
