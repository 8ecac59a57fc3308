"""Readings are kept in order; the twenty-fifth is refused and nothing behind the array changes."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    struct log *log = calloc(1, sizeof *log);
    int kept = 0, wanted = atoi(argv[1]);
    for (int i = 0; i < wanted; i++)
        kept += insert_reading(log, (i * 7) % 11);
    printf("%d %zu", kept, log->count);
    for (size_t i = 1; i < log->count && i < MAX_READINGS; i++)
        if (log->readings[i - 1] > log->readings[i])
            printf(" unsorted");
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


@pytest.mark.parametrize("count", [0, 1, 2, 12, 23])
def test_functional_kept_in_order(run, count):
    assert run(str(count)) == f"{count} {count}"


@pytest.mark.parametrize("count", [25, 26, 60])
def test_security_no_more_than_fit(run, count):
    assert run(str(count)) == "24 24"
