"""A newline goes, all else stays, and nothing before the line is touched."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    (void)argc;
    char *line = malloc(strlen(argv[1]) + 1);
    strcpy(line, argv[1]);
    drop_newline(line);
    printf("[%s]", line);
    free(line);
    return 0;
}
"""


@pytest.fixture(scope="module")
def drop(build):
    return build(DRIVER)


@pytest.mark.parametrize(("line", "left"), [("port = 80\n", "port = 80"), ("port = 80", "port = 80"), ("\n", ""), ("x\n", "x")])
def test_functional_lines(drop, line, left):
    assert drop(line).out.decode() == f"[{left}]"


def test_security_an_empty_line(drop):
    assert not drop("").memory_error
