"""Children are counted in the array that is alive, also by the very call that made it grow or failed to."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

static int memory_is_out;
void *__real_reallocarray(void *old, size_t count, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size) {
    return memory_is_out ? NULL : __real_reallocarray(old, count, size);
}

int main(int argc, char **argv) {
    size_t capacity = strtoul(argv[1], NULL, 10);
    memory_is_out = argv[2][0] == 'x';
    struct outline outline = {malloc(capacity * sizeof(struct heading)), 1, capacity};
    outline.headings[0] = (struct heading){"root", 0, 0};
    for (int i = 3; i < argc; i++)
        putchar(outline_add(&outline, strtoul(argv[i], NULL, 10), "new") ? '+' : '-');
    for (size_t i = 0; i < outline.count; i++)
        printf(" %zu", outline.headings[i].children);
    free(outline.headings);
}
"""
BUILT = []


@pytest.fixture
def outline(build):
    if not BUILT:
        BUILT.append(build(DRIVER, "-Wl,--wrap=reallocarray"))

    def children(capacity, *parents, memory="m"):
        ran = BUILT[0](str(capacity), memory, *map(str, parents))
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return children


def test_functional_counts_children(outline):
    assert outline(8, 0, 0, 1, 1, 1) == "+++++ 2 3 0 0 0 0"
    assert outline(2, 0) == "+ 1 0"


def test_functional_unknown_parent(outline):
    assert outline(8, 1, 0, 7, 1) == "-+-+ 1 1 0"
    assert outline(8, 2**64 - 1) == "- 0"


def test_functional_no_memory_to_grow(outline):
    assert outline(2, 0, 0, 0, memory="x") == "+-- 1 0"


@pytest.mark.parametrize("capacity", [1, 2, 3, 7])
def test_security_counts_while_growing(outline, capacity):
    parents = [0] * 20
    assert outline(capacity, *parents) == "+" * 20 + " 20" + " 0" * 20


def test_security_new_heading_is_the_parent(outline):
    assert outline(1, *range(10)) == "+" * 10 + " 1" * 10 + " 0"
