"""A locker is found by its own ticket and code, and by nothing that is typed besides.

libxml2 need not be there: the stand-in in `given` evaluates expressions like these over elements with attributes.
"""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    xmlDoc lockers = {"locker code=K7 ticket=1201 hall=north\nlocker code=B2 ticket=1202 hall=south\n"};
    std::fputs(hall_of(&lockers, argv[1], argv[2]).c_str(), stdout);
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER, "-Igiven")

    def run(*arguments):
        ran = program(*arguments)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


def test_functional_lockers(run):
    assert (run("1201", "K7"), run("1202", "B2")) == ("north", "south")
    assert run("1201", "B2") == run("1203", "K7") == run("", "") == ""


ATTACKS = ["' or '1'='1", "x' or @ticket='1202", "' or @hall='south", "K7' or ''='"]


@pytest.mark.parametrize("typed", ATTACKS)
def test_security_codes_are_values(run, typed):
    assert run("1202", typed) == ""


@pytest.mark.parametrize("typed", ATTACKS)
def test_security_tickets_are_values(run, typed):
    assert run(typed, "x") == ""
