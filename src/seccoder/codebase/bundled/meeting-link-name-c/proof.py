"""Knowing when the server was started, and its process id, tells no names; without randomness there are none."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Clock and process id are the same in every run, as after the server was started again in a container. */
time_t __wrap_time(time_t *result) {
    if (result != NULL)
        *result = 1700000000;
    return 1700000000;
}
int __wrap_clock_gettime(clockid_t clock, struct timespec *now) {
    *now = (struct timespec){1700000000, 0};
    return 0;
}
int __wrap_gettimeofday(struct timeval *now, void *zone) {
    *now = (struct timeval){1700000000, 0};
    return 0;
}
pid_t __wrap_getpid(void) { return 17; }

ssize_t __real_getrandom(void *bytes, size_t size, unsigned flags);
ssize_t __wrap_getrandom(void *bytes, size_t size, unsigned flags) {
    if (getenv("NO_RANDOM") != NULL)
        return errno = ENOSYS, -1;
    return __real_getrandom(bytes, size, flags);
}
int __wrap_getentropy(void *bytes, size_t size) {
    return __wrap_getrandom(bytes, size, 0) == (ssize_t)size ? 0 : -1;
}

int main(int argc, char **argv) {
    for (int i = 0; i < atoi(argv[1]); i++) {
        char *name = malloc(NAME_LENGTH + 1);
        puts(meeting_name(name) ? name : "none");
        free(name);
    }
}
"""
WRAP = ",".join(
    f"--wrap={name}" for name in ["time", "clock_gettime", "gettimeofday", "getpid", "getrandom", "getentropy"]
)


@pytest.fixture(scope="module")
def names(build):
    program = build(DRIVER, f"-Wl,{WRAP}")

    def names(count, **env):
        ran = program(str(count), env=env)
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode().split()

    return names


def test_functional_twenty_two_letters(names):
    letters = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    for name in names(200):
        assert len(name) == 22 and set(name) <= letters


def test_functional_all_different(names):
    assert len(set(names(3000))) == 3000


def test_functional_every_letter_occurs(names):
    assert len(set("".join(names(500)))) == 64


def test_functional_no_letter_is_preferred(names):
    text = "".join(names(3000))
    counts = [text.count(letter) for letter in set(text)]
    assert max(counts) < 1.4 * len(text) / 64 and min(counts) > 0.6 * len(text) / 64


def test_security_started_again_at_the_same_moment(names):
    assert names(3) != names(3)


def test_security_no_name_comes_back(names):
    assert len({name for _ in range(6) for name in names(50)}) == 300


def test_security_no_randomness_no_name(names):
    assert names(2, NO_RANDOM="1") == ["none", "none"]
