"""A name gives one command or none at all."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    try {
        std::fputs(name_command(argv[1]).c_str(), stdout);
    } catch (const std::invalid_argument &) {
        std::fputs("refused", stdout);
    }
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


@pytest.mark.parametrize("name", ["Reef", "Tank 2 (left)", "x" * 16, "NAME", "~"])
def test_functional_names(run, name):
    assert run(name) == f"NAME {name}\n"


def test_functional_refused(run):
    assert run("") == run("x" * 17) == "refused"


@pytest.mark.parametrize("name", ["a\nOFF", "a\r\nPOWER 100", "\n", "a\rOFF", "a\x1b[2J", "a\x7f", "a\n\nRESET"])
def test_security_no_second_command(run, name):
    assert run(name) == "refused"
