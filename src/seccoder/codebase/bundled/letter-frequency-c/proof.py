"""Freed memory is filled with a pattern before each call, so counters that were never set show."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    size_t *counts = byte_frequency((unsigned char *)argv[1], strlen(argv[1]));
    if (argc > 2)
        return printf("%d", counts != NULL), 0;
    for (int i = 0; i < 256; i++)
        if (counts[i])
            printf("%d:%zu ", i, counts[i]);
    free(counts);
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


def test_functional_a_table(run):
    assert run("aab", "there?") == "1"


@pytest.mark.parametrize(("text", "said"), [("", ""), ("aab", "97:2 98:1 "), ("zzz", "122:3 ")])
def test_security_nothing_but_what_was_counted(run, text, said):
    assert run(text) == said
