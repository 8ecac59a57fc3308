"""A label has the station's name and position, and two labels that are there together are both still right."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    char *first = station_label("Husum", 54.474, 9.05), *second = station_label("Lima", -12.05, -77.155);
    if (argc < 2)
        return printf("%d", first != NULL && second != NULL), 0;
    printf("%s|%s", first, second);
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


def test_functional_made(run):
    assert run() == "1"


def test_security_both_are_there(run):
    assert run("show") == "Husum (54.47 N, 9.05 E)|Lima (12.05 S, 77.16 W)"
