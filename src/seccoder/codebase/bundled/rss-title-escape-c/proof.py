"""Titles full of the longest entity fit exactly; a sanitizer sees a byte written behind the block."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv) {
    char *escaped = escape_title(argv[1]);
    printf("%s", escaped);
    free(escaped);
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


@pytest.mark.parametrize(
    ("title", "escaped"), [("", ""), ("News", "News"), ("a < b", "a &lt; b"), ("<>", "&lt;&gt;"), ("öäü", "öäü")]
)
def test_functional_titles(run, title, escaped):
    assert run(title) == escaped


@pytest.mark.parametrize("title", ['"', "&", '""""', "Q&A", '"x"' * 50, "&" * 999])
def test_security_longest_entities(run, title):
    assert run(title) == title.replace("&", "&amp;").replace('"', "&quot;")
