"""An entry is handed out only if all of it lies inside the archive, also when offset + length wraps round."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    uint8_t *data = malloc(26);
    memcpy(data, "abcdefghijklmnopqrstuvwxyz", 26);
    struct pak pak = {data, 26};
    struct pak_entry entry = {"maps/e1m1", strtoul(argv[1], NULL, 10), strtoul(argv[2], NULL, 10)};
    const uint8_t *start = pak_entry_data(&pak, &entry);
    if (start == NULL)
        printf("none");
    else
        fwrite(start, 1, entry.length, stdout);
}
"""
BUILT = []
TOP = 2**32


@pytest.fixture
def entry(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def data(offset, length):
        ran = BUILT[0](str(offset), str(length))
        assert not ran.memory_error, ran.err
        return ran.out

    return data


def test_functional_inside(entry):
    assert entry(2, 3) == b"cde"
    assert entry(0, 26) == b"abcdefghijklmnopqrstuvwxyz"
    assert entry(25, 1) == b"z"
    assert entry(26, 0) == b""


def test_functional_outside(entry):
    assert entry(0, 27) == b"none"
    assert entry(20, 7) == b"none"
    assert entry(27, 0) == b"none"
    assert entry(0, TOP - 1) == b"none"


@pytest.mark.parametrize(
    ("offset", "length"), [(16, TOP - 8), (1, TOP - 1), (TOP - 1, 1), (TOP - 16, 32), (2**31, 2**31), (26, TOP - 1)]
)
def test_security_sum_wraps(entry, offset, length):
    assert entry(offset, length) == b"none"
