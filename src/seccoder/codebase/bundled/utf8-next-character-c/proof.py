"""The text lies at the end of a heap block, so a sanitizer sees any byte read behind it."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    size_t size = strlen(argv[1]) / 2, at = 0, used = 0;
    uint8_t *text = malloc(size ? size : 1);
    for (size_t i = 0; i < size; i++)
        sscanf(argv[1] + 2 * i, "%2hhx", &text[i]);
    while (at < size) {
        long code = next_character(text + at, size - at, &used);
        printf("%lx ", code & 0xFFFFFFFFL);
        if (code < 0)
            break;
        at += used;
    }
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


@pytest.mark.parametrize("text", ["a", "abc", "é", "aé€", "😀x", ""])
def test_functional_characters(run, text):
    assert run(text.encode().hex()).split() == [f"{ord(each):x}" for each in text]


def test_functional_no_utf8(run):
    assert run("ff") == run("80") == run("c341") == "ffffffff "


@pytest.mark.parametrize("text", ["c3", "e2", "e282", "f0", "f09f98", "61f09f"])
def test_security_cut_off_inside_a_character(run, text):
    assert run(text).split()[-1] == "ffffffff"
