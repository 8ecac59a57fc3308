"""Only flat and pin of one and the same tenant open the door, whatever else is typed.

libxml2 need not be there: the stand-in in `given` evaluates expressions like these over elements with attributes.
"""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    xmlDoc tenants = {"tenant flat=12 pin=4711 name=Ann\n"
                      "tenant flat=7 pin=0815 name=Bob\n"};
    printf("%d", tenant_exists(&tenants, argv[1], argv[2]));
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


def test_functional_tenants(run):
    assert run("12", "4711") == run("7", "0815") == "1"
    assert run("12", "0815") == run("12", "") == run("", "") == run("8", "4711") == "0"


ATTACKS = ["' or '1'='1", "x' or @flat='12", "' or ''='", "12' or '1'='2", "x' or @name='Ann"]


@pytest.mark.parametrize("typed", ATTACKS)
def test_security_the_pin_is_no_question(run, typed):
    assert run("12", typed) == "0"


@pytest.mark.parametrize("typed", ATTACKS)
def test_security_the_flat_is_no_question(run, typed):
    assert run(typed, "x") == "0"


def test_security_quotes_are_not_misunderstood(run):
    assert run("12'", "4711") == run('12"', "4711") == run("12", "'4711'") == "0"
