"""The three system calls are replaced, so that each can be made to fail: the worker must then not start."""

import pytest

DRIVER = r"""
#include <errno.h>
#include "subject.c"

static const char *failing;
static int called(char name, int argument) {
    printf("%c%d ", name, argument);
    if (failing[0] != name)
        return 0;
    errno = name == 'u' ? EAGAIN : EPERM;
    return -1;
}
int __wrap_setgroups(size_t count, const gid_t *groups) { return called('s', groups == NULL ? (int)count : -1); }
int __wrap_setgid(gid_t group) { return called('g', (int)group); }
int __wrap_setuid(uid_t user) { return called('u', (int)user); }
static int worker(void) { printf("worker"); return 7; }

int main(int argc, char **argv) {
    failing = argv[1];
    return run_worker(1001, 1002, worker);
}
"""
BUILT = []


@pytest.fixture
def start(build):
    if not BUILT:
        BUILT.append(build(DRIVER, "-Wl,--wrap=setgroups,--wrap=setgid,--wrap=setuid"))

    def run(failing="-"):
        ran = BUILT[0](failing)
        assert not ran.memory_error, ran.err
        return ran.code, ran.out.decode()

    return run


def test_functional_drops_in_order_and_runs(start):
    assert start() == (7, "s0 g1002 u1001 worker")


@pytest.mark.parametrize("failing", ["s", "g", "u"])
def test_security_worker_does_not_start_privileged(start, failing):
    code, said = start(failing)
    assert "worker" not in said
    assert code not in {0, 7}
