"""The subject's allocations are counted; after a refused list there must be none left."""

import pytest

DRIVER = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long blocks;

static void *counted(void *old, void *new) {
    blocks += (old == NULL && new != NULL);
    return new;
}

static void counted_free(void *block) {
    blocks -= block != NULL;
    free(block);
}
#define calloc(n, size) counted(NULL, calloc(n, size))
#define realloc(old, size) counted(old, realloc(old, size))
#define strdup(text) counted(NULL, strdup(text))
#define free(block) counted_free(block)
#include "subject.c"

int main(void) {
    struct stations *list = load_stations(stdin);
    printf("%zu ", list ? list->count : 999);
    free_stations(list);
    printf("%ld", blocks);
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


@pytest.mark.parametrize(("text", "said"), [(b"", "0 0"), (b"One\nTwo\n", "2 0"), (b"a\n" * 50, "50 0")])
def test_functional_lists(run, text, said):
    assert run(stdin=text) == said


@pytest.mark.parametrize("text", [b"x" * 61, b"One\nTwo\n" + b"y" * 200 + b"\n", b"a\n" * 20 + b"z" * 100])
def test_security_nothing_is_left_of_a_refused_list(run, text):
    assert run(stdin=text) == "999 0"
