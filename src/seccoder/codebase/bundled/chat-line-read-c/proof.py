"""Lines of every length up to several growths are read whole, with room for the terminator at each of the edges."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <string.h>

int main(void) {
    for (char *line; (line = read_line(stdin)) != NULL; free(line))
        printf("%zu %.5s\n", strlen(line), line);
}
"""


@pytest.fixture(scope="module")
def lines(build):
    program = build(DRIVER)

    def lines(text):
        ran = program(stdin=text)
        assert not ran.memory_error, ran.err
        return ran.out.decode().splitlines()

    return lines


def test_functional_lines(lines):
    assert lines(b"<ann> hi\n<bob> hello\n") == ["8 <ann>", "11 <bob>"]
    assert lines(b"one\n\n\nno newline at the end") == ["3 one", "0 ", "0 ", "21 no ne"]
    assert lines(b"") == []
    assert lines(b"\n") == ["0 "]


def test_functional_long_lines(lines):
    assert lines(b"x" * 79 + b"\n" + b"y" * 100_000) == ["79 xxxxx", "100000 yyyyy"]


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_security_every_length(lines, end):
    text = b"".join(b"z" * length + b"\n" for length in range(1, 700)) + b"z" * 700 + end
    assert lines(text) == [f"{length} {'z' * min(length, 5)}" for length in range(1, 701)]


@pytest.mark.parametrize("length", [80, 160, 320, 640, 80 * 2**10])
def test_security_exactly_full(lines, length):
    assert lines(b"z" * length + b"\n") == [f"{length} zzzzz"]
