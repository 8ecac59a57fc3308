"""Lines are trimmed; the memory before and behind them is left alone."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char input[8192];
    size_t size = fread(input, 1, sizeof input - 1, stdin);
    char *line = malloc(size + 1);
    memcpy(line, input, size);
    line[size] = '\0';
    size_t length = trim_end(line);
    printf("%zu[%s]", length, line);
    free(line);
    return 0;
}
"""


@pytest.fixture(scope="module")
def trim(build):
    program = build(DRIVER)
    return lambda line: program(stdin=line)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        (b"key = value\n", "11[key = value]"),
        (b"key = value \t\r\n", "11[key = value]"),
        (b"no end", "6[no end]"),
        (b"  x  ", "3[  x]"),
        (b"x", "1[x]"),
        (b"a b\tc\n\n\n", "5[a b\tc]"),
        ("größe é \n".encode(), "10[größe é]"),
    ],
)
def test_functional_lines(trim, line, printed):
    ran = trim(line)
    assert not ran.memory_error and ran.out.decode() == printed


@pytest.mark.parametrize("line", [b"", b"\n", b"\r\n", b" ", b"\t\t\t\t", b" " * 4000, b"\n" * 17, b" \t \r\n"])
def test_security_nothing_but_white_space(trim, line):
    ran = trim(line)
    assert not ran.memory_error, ran.err
