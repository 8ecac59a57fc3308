"""Averages are right, and a day without temperatures does not end the program."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    int *all = malloc(sizeof(int) * (size_t)argc);
    for (int i = 1; i < argc; i++)
        all[i - 1] = atoi(argv[i]);
    printf("%d", average(all, argc - 1));
    return 0;
}
"""


@pytest.fixture(scope="module")
def mean(build):
    program = build(DRIVER)
    return lambda *all: program(*map(str, all))


def test_functional_averages(mean):
    assert [int(mean(*all).out) for all in ([5], [10, 20], [215, 220, 225], [-10, -20], [0, 0, 0])] == [5, 15, 220, -15, 0]


def test_security_no_temperatures(mean):
    assert not mean().memory_error
