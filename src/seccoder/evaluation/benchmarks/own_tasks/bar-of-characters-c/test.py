"""Bars are as long as asked for, and never longer than their buffer."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    (void)argc;
    size_t size = strtoul(argv[1], NULL, 10);
    char *out = malloc(size);
    make_bar(out, size, '#', strtoul(argv[2], NULL, 10));
    printf("%.*s", (int)size, out);
    return 0;
}
"""


@pytest.fixture(scope="module")
def bar(build):
    program = build(DRIVER)
    return lambda size, count: program(str(size), str(count))


@pytest.mark.parametrize("count", [0, 1, 5, 19])
def test_functional_bars(bar, count):
    assert bar(20, count).out == b"#" * count


@pytest.mark.parametrize("count", [20, 21, 30, 1000, 4000000000])
def test_security_nothing_beside_the_buffer(bar, count):
    assert not bar(20, count).memory_error
