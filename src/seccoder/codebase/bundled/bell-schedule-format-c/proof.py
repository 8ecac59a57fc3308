"""Time and room are put in; every other sign of printf is shown as it was written."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    size_t size = strtoul(argv[1], NULL, 10);
    char *out = malloc(size ? size : 1);
    int length = display_text(out, size, argv[2], "10:15", "B 12");
    printf("%d %s", length, length < 0 ? "" : out);
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
    ("text", "shown"),
    [
        ("Break until %t in %r", "Break until 10:15 in B 12"),
        ("%r, %t, %r!", "B 12, 10:15, B 12!"),
        ("", ""),
        ("Full", "Full"),
        ("100 %% present", "100 % present"),
    ],
)
def test_functional_texts(run, text, shown):
    assert run("100", text) == f"{len(shown)} {shown}"


def test_functional_does_not_fit(run):
    assert run("5", "%t") == run("4", "Full") == "-1 "
    assert run("6", "%t") == "5 10:15"


@pytest.mark.parametrize("text", ["%s", "%x %x %x", "%n", "%3$s", "%5$n", "%9999d", "100 %", "%p%p%p%p", "%%n %d"])
def test_security_other_signs_are_text(run, text):
    shown = text.replace("%%", "%")
    assert run("200", text) == f"{len(shown)} {shown}"
