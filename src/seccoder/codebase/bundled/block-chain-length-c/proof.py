"""Circles and numbers beyond the table are refused; an endless walk is stopped by the clock."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
    size_t entries = argc - 2;
    uint16_t *next = malloc(entries * sizeof *next + 1);
    for (size_t i = 0; i < entries; i++)
        next[i] = atoi(argv[i + 2]);
    alarm(1);
    printf("%ld", count_blocks(next, entries, atoi(argv[1])));
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


@pytest.mark.parametrize(
    ("start", "table", "blocks"),
    [("0", "65535", "1"), ("65535", "65535", "0"), ("0", "2 65535 1", "3"), ("1", "9 9", "-1"), ("5", "65535", "-1")],
)
def test_functional_chains(run, start, table, blocks):
    assert run(start, *table.split()) == blocks


@pytest.mark.parametrize(("start", "table"), [("0", "0"), ("0", "1 0"), ("0", "1 2 1 65535"), ("3", "65535 2 3 1")])
def test_security_circles(run, start, table):
    assert run(start, *table.split()) == "-1"
