"""Places on Earth are read; anything else is nothing, also what is a number only by name."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    if (const auto point = parse_waypoint(argv[1]))
        std::printf("%g %g", point->latitude, point->longitude);
    else
        std::printf("none");
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


@pytest.mark.parametrize(
    ("text", "said"), [("54.3,10.1", "54.3 10.1"), ("-90,180", "-90 180"), ("0,-0.5", "0 -0.5"), ("9e0,1", "9 1")]
)
def test_functional_places(run, text, said):
    assert run(text) == said


@pytest.mark.parametrize("text", ["", "54.3", "54.3;10", "54.3,10 ", "91,0", "0,181", "inf,0", "0,-inf", "a,b", ",1"])
def test_functional_no_places(run, text):
    assert run(text) == "none"


@pytest.mark.parametrize("text", ["nan,10", "10,nan", "-nan,nan", "NAN,0", "nan(1),0"])
def test_security_not_a_number(run, text):
    assert run(text) == "none"
