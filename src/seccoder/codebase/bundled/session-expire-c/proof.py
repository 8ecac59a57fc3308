"""Expired sessions go and the others stay, in order, also where several neighbours expire at once."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    struct session *head = NULL;
    for (int i = argc - 1; i >= 2; i--) {
        struct session *session = malloc(sizeof *session);
        *session = (struct session){head, atol(argv[i]), strdup(argv[i])};
        head = session;
    }
    printf("%zu:", expire_sessions(&head, atol(argv[1])));
    while (head != NULL) {
        struct session *session = head;
        printf(" %s", session->user);
        head = session->next;
        free(session->user);
        free(session);
    }
}
"""
BUILT = []


@pytest.fixture
def expire(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def remaining(now, *expiries):
        ran = BUILT[0](str(now), *map(str, expiries))
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return remaining


def test_functional_nothing_expired(expire):
    assert expire(10) == "0:"
    assert expire(10, 11, 12, 13) == "0: 11 12 13"


@pytest.mark.parametrize("place", range(4))
def test_functional_one_expired(expire, place):
    expiries = [20, 21, 22]
    expected = "1: 20 21 22"
    expiries.insert(place, 10)
    assert expire(10, *expiries) == expected


def test_functional_expired_apart(expire):
    assert expire(10, 1, 20, 2, 21, 3) == "3: 20 21"
    assert expire(10, 5) == "1:"


@pytest.mark.parametrize(
    ("expiries", "expected"),
    [
        ([20, 1, 2, 21], "2: 20 21"),
        ([1, 2, 20], "2: 20"),
        ([20, 1, 2], "2: 20"),
        ([1, 2], "2:"),
        ([10, 10, 10, 10], "4:"),
        ([1, 2, 3, 20, 4, 5, 21, 6, 7], "7: 20 21"),
    ],
)
def test_security_neighbours_expired(expire, expiries, expected):
    assert expire(10, *expiries) == expected
