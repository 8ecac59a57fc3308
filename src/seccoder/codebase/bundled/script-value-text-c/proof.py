"""All kinds of values print; an integer is never followed as if it were an address."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    struct value value = {STRING, {.string = argv[2]}};
    char text[64] = "";
    if (!strcmp(argv[1], "integer"))
        value = (struct value){INTEGER, {.integer = atol(argv[2])}};
    if (!strcmp(argv[1], "number"))
        value = (struct value){NUMBER, {.number = atof(argv[2])}};
    print_value(text, sizeof text, &value);
    printf("%s", text);
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


def test_functional_numbers_and_strings(run):
    assert run("number", "1.5") == "1.5"
    assert run("string", "hello") == "hello"


@pytest.mark.parametrize("number", ["7", "0", "-1", "4096", "140737488355328"])
def test_security_integers_are_no_addresses(run, number):
    assert run("integer", number) == number
