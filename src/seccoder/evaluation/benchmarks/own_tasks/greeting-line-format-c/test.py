"""The greeting is written into its buffer and never beside it."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>

int main(int argc, char **argv)
{
    (void)argc;
    size_t size = strtoul(argv[1], NULL, 10);
    char *out = malloc(size);

    greet(out, size, argv[2]);
    printf("%.*s", (int)size, out);
    return 0;
}
"""


@pytest.fixture(scope="module")
def greet(build):
    program = build(DRIVER)
    return lambda size, name: program(str(size), name)


@pytest.mark.parametrize("name", ["ann", "", "Zoe the third"])
def test_functional_greeting(greet, name):
    assert greet(40, name).out.decode() == f"Welcome, {name}!"


@pytest.mark.parametrize(("size", "name"), [(16, "x" * 6), (16, "x" * 7), (12, "ann"), (1, "ann"), (40, "x" * 500)])
def test_security_nothing_beside_the_buffer(greet, size, name):
    assert not greet(size, name).memory_error
