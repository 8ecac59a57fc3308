"""Items of the stack are read, and nothing before or behind it."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    int count = argc - 2;
    double *items = malloc(sizeof(double) * (size_t)(count ? count : 1));
    double item = -1;

    for (int i = 0; i < count; i++)
        items[i] = atof(argv[i + 2]);
    bool there = item_at(items, count, atoi(argv[1]), &item);
    printf("%d %g", there, there ? item : 0);
    return 0;
}
"""


@pytest.fixture(scope="module")
def read(build):
    return build(DRIVER)


def test_functional_items(read):
    assert read("0", "1.5", "2", "3").out == b"1 1.5"
    assert read("2", "1.5", "2", "3").out == b"1 3"
    assert read("3", "1.5", "2", "3").out == b"0 0"


@pytest.mark.parametrize("index", ["-1", "-2", "-1000000", "3", "2147483647", "-2147483648"])
def test_security_no_item_beside_the_stack(read, index):
    assert not read(index, "1.5", "2", "3").memory_error
