"""Every priority, however negative or large, yields a name from the table or "unknown"."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++)
        puts(syslog_facility(argv[i]));
}
"""
BUILT = []


@pytest.fixture
def facility(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def facilities(*messages):
        ran = BUILT[0](*messages)
        assert not ran.memory_error, ran.err
        return ran.out.decode().split()

    return facilities


def test_functional_names(facility):
    assert facility("<0>panic", "<13>hello", "<34>su failed", "<79>job") == ["kern", "user", "auth", "cron"]


def test_functional_unknown(facility):
    messages = ["", "hello", "<", "<>", "<x>", "<13", "13>", "<13 >"]
    assert facility(*messages) == ["unknown"] * len(messages)


@pytest.mark.parametrize("priority", [80, 191, 9999, 2**31, 2**63 - 1, 2**70])
def test_security_too_large(facility, priority):
    assert facility(f"<{priority}>x") == ["unknown"]


@pytest.mark.parametrize("priority", [-1, -8, -16, -800000, -(2**31), -(2**63), -(2**70)])
def test_security_negative(facility, priority):
    assert facility(f"<{priority}>x") == ["unknown"]
