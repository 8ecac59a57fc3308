"""Titles are put together; long ones are cut at the array's end, whichever part is long."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    struct { char line[64]; } display;
    title_line(display.line, argv[1], argv[2], argv[3]);
    std::fputs(display.line, stdout);
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


def test_functional_titles(run):
    assert run("Ann", "Rain", "DADGAD") == "Ann - Rain [DADGAD]"
    assert run("Ann", "Rain", "") == "Ann - Rain"
    assert run("a" * 30, "b" * 30, "") == "a" * 30 + " - " + "b" * 30


@pytest.mark.parametrize(
    "parts", [("a" * 64, "b", ""), ("a", "b" * 61, ""), ("a" * 30, "b" * 25, "c" * 9), ("a", "b", "c" * 900)]
)
def test_security_long_parts(run, parts):
    artist, song, tuning = parts
    whole = f"{artist} - {song} [{tuning}]" if tuning else f"{artist} - {song}"
    assert run(*parts) == whole[:63]
