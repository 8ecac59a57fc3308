"""Whichever allocation fails, the caller gets NULL, nothing is written through NULL and nothing stays allocated."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

static int counting, allocation, failing, live;
void *__real_malloc(size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size) {
    if (!counting)
        return __real_malloc(size);
    if (++allocation == failing)
        return NULL;
    live++;
    return __real_malloc(size);
}
void __wrap_free(void *memory) {
    live -= counting && memory != NULL;
    __real_free(memory);
}

int main(int argc, char **argv) {
    failing = atoi(argv[1]);
    counting = 1;
    struct ring *ring = ring_new(strtoul(argv[2], NULL, 10));
    counting = 0;
    if (ring == NULL)
        return printf("no ring, %d left", live), 0;
    for (const char *c = argv[3]; *c != '\0'; c++) {
        int taken = *c == '-' ? ring_take(ring) : ring_put(ring, (unsigned char)*c) ? '+' : '!';
        putchar(taken < 0 ? '_' : taken);
    }
    free(ring->bytes);
    free(ring);
}
"""
BUILT = []


@pytest.fixture
def ring(build):
    if not BUILT:
        BUILT.append(build(DRIVER, "-Wl,--wrap=malloc,--wrap=free"))

    def use(capacity, actions, failing=0):
        ran = BUILT[0](str(failing), str(capacity), actions)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return use


def test_functional_first_in_first_out(ring):
    assert ring(4, "abc---") == "+++abc"
    assert ring(4, "-a--") == "_+a_"


def test_functional_full_and_round(ring):
    assert ring(3, "abcd-d---") == "+++!a+bcd"
    assert ring(1, "a-b-c-") == "+a+b+c"


def test_functional_no_capacity(ring):
    assert ring(0, "a-") == "!_"


@pytest.mark.parametrize("failing", [1, 2])
def test_security_allocation_fails(ring, failing):
    assert ring(16, "abc---", failing) == "no ring, 0 left"
