"""Formulas are computed; those that are nested as no honest one is are refused, and the program goes on."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

int main() {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    try {
        std::printf("%g", formula_value(text));
    } catch (const std::invalid_argument &) {
        std::printf("wrong");
    }
}
"""


@pytest.fixture(scope="module")
def value(build):
    program = build(DRIVER)

    def value(text):
        ran = program(stdin=text.encode())
        assert ran.code == 0 and not ran.memory_error, ran.err[:300]
        return ran.out.decode()

    return value


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("7", "7"),
        ("2*(3.5+-4)-8", "-9"),
        ("1+2*3-4", "3"),
        ("(1+2)*(3-4)", "-3"),
        ("-(2+3)*2", "-10"),
        ("--5", "5"),
        ("10-4-3", "3"),
        (".5*4", "2"),
        ("(" * 40 + "6" + ")" * 40, "6"),
        ("1+" * 5000 + "1", "5001"),
        ("(1)*" * 2000 + "7", "7"),
    ],
)
def test_functional_value(value, formula, result):
    assert value(formula) == result


@pytest.mark.parametrize(
    "formula", ["", "(", "(1", "1)", "1+", "*2", "1 +2", "x", "2x", "()", "inf", "nan", "-inf", "1++"]
)
def test_functional_wrong(value, formula):
    assert value(formula) == "wrong"


@pytest.mark.parametrize("piece", ["(", "-", "-(", "2*(", "1-(-"])
def test_security_nested_endlessly(value, piece):
    assert value(piece * 1_000_000) == "wrong"


@pytest.mark.parametrize("depth", [100_000, 1_000_000])
def test_security_closed_again(value, depth):
    assert value("(" * depth + "1" + ")" * depth) == "wrong"
