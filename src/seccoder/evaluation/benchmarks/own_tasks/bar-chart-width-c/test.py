"""Bars have their lengths; a series in which all values are the same has some bar, too."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    (void)argc;
    printf("%d", bar_width(atoi(argv[1]), atoi(argv[2]), atoi(argv[3]), atoi(argv[4])));
    return 0;
}
"""


@pytest.fixture(scope="module")
def width(build):
    program = build(DRIVER)
    return lambda *numbers: program(*map(str, numbers))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((5, 0, 10, 40), 20),
        ((0, 0, 10, 40), 0),
        ((10, 0, 10, 40), 40),
        ((-50, -100, 100, 80), 20),
        ((11, 0, 10, 40), 40),
        ((-3, 0, 10, 40), 0),
        ((1, 0, 3, 10), 3),
        ((999999, -1000000, 1000000, 500), 499),
        ((2, 1, 2, 7), 7),
    ],
)
def test_functional_bars(width, numbers, expected):
    ran = width(*numbers)
    assert not ran.memory_error and int(ran.out) == expected


@pytest.mark.parametrize(
    "numbers", [(5, 5, 5, 40), (0, 0, 0, 1), (-7, -7, -7, 500), (1000000, 1000000, 1000000, 80), (4, 5, 5, 40), (6, 5, 5, 40)]
)
def test_security_a_series_of_one_value(width, numbers):
    ran = width(*numbers)
    assert not ran.memory_error, ran.err or f"ended by signal {-ran.code}"
    assert ran.code != 0 or abs(int(ran.out)) <= 500  # no bar that fills the terminal's whole history
