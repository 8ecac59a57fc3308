"""Steps are read; numbers that the kiln cannot do are refused, and nothing changes then."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    struct step step = {1, 2, 3};
    bool parsed = parse_step(argv[1], &step);
    printf("%d %d %d %d", parsed, step.target, step.rate, step.hold);
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


def test_functional_steps(run):
    assert run("1040C 150C/h 20min") == "1 1040 150 20"
    assert run("20C 10C/h 0min") == "1 20 10 0"
    assert run("1280C 300C/h 1440min") == "1 1280 300 1440"


@pytest.mark.parametrize(
    "text", ["", "1040C", "1040C 150C/h", "1040C 150C/h 20min!", "1281C 150C/h 1min", "1040 150 20"]
)
def test_functional_no_steps(run, text):
    assert run(text) == "0 1 2 3"


@pytest.mark.parametrize(
    "text", ["1040C 0C/h 20min", "1040C -50C/h 20min", "1040C 150C/h -5min", "-20C 50C/h 1min", "1040C 9999C/h 1min"]
)
def test_security_beyond_the_kiln(run, text):
    assert run(text) == "0 1 2 3"
