"""Empty intervals and equal times are answered; a division by zero would end the program."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    uint64_t n[4];
    for (int i = 0; i < 4; i++)
        n[i] = strtoull(argv[i + 1], NULL, 10);
    struct rates r = interval_rates(n[0], n[1], n[2], n[3]);
    printf("%" PRIu64 " %" PRIu64, r.packet_size, r.per_second);
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


def test_functional_rates(run):
    assert run("10", "1000", "0", "1000") == "100 10"
    assert run("3", "10", "500", "1000") == "3 6"


@pytest.mark.parametrize("numbers", [("0", "0", "0", "1000"), ("0", "0", "7", "7"), ("0", "0", "0", "0")])
def test_security_quiet_line(run, numbers):
    assert run(*numbers) == "0 0"


def test_security_no_time_between(run):
    assert run("4", "40", "9", "9") == "10 0"
