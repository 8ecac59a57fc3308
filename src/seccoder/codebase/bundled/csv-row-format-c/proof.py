"""A row that does not fit must be refused; it must never be written past the end of the caller's buffer."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>

int main(int argc, char **argv) {
    size_t size = strtoul(argv[1], NULL, 10), count = (size_t)argc - 2;
    char *row = malloc(size);
    long *values = malloc((count + 1) * sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = strtol(argv[i + 2], NULL, 10);
    int length = csv_format_row(row, size, values, count);
    printf("%d %s\n", length, length < 0 ? "" : row);
}
"""
BUILT = []


@pytest.fixture
def row(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def format_row(size, *values):
        ran = BUILT[0](str(size), *map(str, values))
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return format_row


def test_functional_rows(row):
    assert row(64, 1, -2, 3) == "6 1,-2,3\n"
    assert row(64, 7) == "1 7\n"
    assert row(64) == "0 \n"
    assert row(64, -(2**63), 2**63 - 1) == f"40 {-(2**63)},{2**63 - 1}\n"


def test_functional_exactly_full(row):
    assert row(6, 1, 2, 3) == "5 1,2,3\n"
    assert row(1) == "0 \n"


def test_security_one_byte_short(row):
    assert row(5, 1, 2, 3) == "-1 \n"
    assert row(1, 0) == "-1 \n"


@pytest.mark.parametrize("size", [1, 2, 7, 8, 9, 15, 16])
def test_security_values_go_on_after_the_buffer_is_full(row, size):
    assert row(size, 1111111, 2222222, 3333333, 4444444) == "-1 \n"
