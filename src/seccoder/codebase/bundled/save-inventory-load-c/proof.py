"""Inventories of 0 to 64 items are loaded; a count below or above is refused before anything is copied."""

import struct

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    size_t size = strtoul(argv[1], NULL, 10);
    unsigned char *data = malloc(size);
    struct inventory inventory = {.count = -7};
    if (fread(data, 1, size, stdin) != size)
        return 1;
    printf("%d", load_inventory(&inventory, data, size));
    for (int i = 0; i < inventory.count; i++)
        printf(" %dx%d", inventory.items[i].amount, inventory.items[i].kind);
    free(data);
}
"""


@pytest.fixture(scope="module")
def loaded(build):
    program = build(DRIVER)

    def loaded(data):
        ran = program(str(len(data)), stdin=data)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return loaded


def saved(*items, count=None):
    return struct.pack("<i", len(items) if count is None else count) + b"".join(struct.pack("<HH", *i) for i in items)


def test_functional_items(loaded):
    assert loaded(saved((7, 3), (512, 65535))) == "2 3x7 65535x512"
    assert loaded(saved()) == "0"
    assert loaded(saved(*[(1, 2)] * 64)) == "64" + " 2x1" * 64


def test_functional_more_data_follows(loaded):
    assert loaded(saved((7, 3)) + b"map data") == "1 3x7"


@pytest.mark.parametrize("data", [b"", b"\1\0\0", saved(count=1), saved((1, 1), count=2), saved((1, 1))[:-1]])
def test_functional_cut_short(loaded, data):
    assert loaded(data) == "-1"


@pytest.mark.parametrize("count", [65, 66, 2**31 - 1])
def test_functional_too_many(loaded, count):
    assert loaded(saved(*[(1, 1)] * 70, count=count)) == "-1"


@pytest.mark.parametrize("count", [-1, -2, -64, -(2**16), -(2**29), -(2**30), 1 - 2**31, -(2**31)])
def test_security_negative_count(loaded, count):
    assert loaded(saved(*[(1, 1)] * 64, count=count)) == "-1"


def test_security_negative_count_and_nothing_else(loaded):
    assert loaded(saved(count=-1)) == "-1"
