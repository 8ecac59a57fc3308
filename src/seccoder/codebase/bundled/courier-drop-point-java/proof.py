"""Positions are read; what Java takes for a number but is no position never becomes a DropPoint."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.List;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String field : arguments)
            show(field, () -> {
                DropPoint point = DropPoint.parse(field);
                return List.of("" + point.latitude(), "" + point.longitude());
            });
        show("computed", () -> new DropPoint(0.0 / 0.0, 8.5));
    }
}
"""
POSITIONS = {
    "47.3769,8.5417": ["47.3769", "8.5417"],
    "-90,180": ["-90.0", "180.0"],
    "90,-180": ["90.0", "-180.0"],
    "0, 0.5": ["0.0", "0.5"],
}
OUTSIDE = ["90.0001,0", "-91,0", "0,180.5", "0,-1e9", "Infinity,0", "0,-Infinity", "1e999,0"]
NO_NUMBERS = ["", ",", "47", "47,8,9", "north,8", "47;8", "47,8x", "nan,0"]
NAN = ["NaN,0", "0,NaN", "NaN,NaN", "-NaN,0", "+NaN,8", " NaN ,8"]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*POSITIONS, *OUTSIDE, *NO_NUMBERS, *NAN).said


@pytest.mark.parametrize("field", POSITIONS)
def test_functional_positions(said, field):
    assert said[field] == POSITIONS[field]


@pytest.mark.parametrize("field", OUTSIDE)
def test_functional_outside(said, field):
    assert said[field] == "!IllegalArgumentException"


@pytest.mark.parametrize("field", NO_NUMBERS)
def test_functional_no_numbers(said, field):
    assert said[field] in ("!IllegalArgumentException", "!NumberFormatException")


@pytest.mark.parametrize("field", [*NAN, "computed"])
def test_security_nan_is_no_position(said, field):
    assert said[field] == "!IllegalArgumentException"
