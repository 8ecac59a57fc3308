"""Captions are made, long ones are cut, and the text and its length always fit the array."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdlib>

int main(int, char **argv) {
    Caption out;
    const std::size_t length = caption(out, argv[1], std::atoi(argv[2]), argv[3]);
    std::printf("%zu %s", length, out.data());
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


@pytest.mark.parametrize(("name", "value", "unit"), [("Motor", 47, "V"), ("", -3, ""), ("Water tank left", 99, "% ")])
def test_functional_captions(run, name, value, unit):
    text = f"{name}: {value} {unit}"
    assert run(name, str(value), unit) == f"{len(text)} {text}"


@pytest.mark.parametrize("name", ["n" * 18, "n" * 19, "n" * 20, "n" * 24, "n" * 4000])
def test_security_long_captions(run, name):
    assert run(name, "47", "V") == f"23 {(name + ': 47 V')[:23]}"
