"""Lines are made for every team, and fit into their memory."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv)
{
    (void)argc;
    char *line = score_line(argv[1], atoi(argv[2]));
    printf("%s", line ? line : "");
    free(line);
    return 0;
}
"""


@pytest.fixture(scope="module")
def line(build):
    program = build(DRIVER)
    return lambda team, points: program(team, str(points))


@pytest.mark.parametrize(("team", "points"), [("Bears", 21), ("FC Old Town", 0), ("x", 2147483647), ("", -5)])
def test_functional_lines(line, team, points):
    ran = line(team, points)
    assert not ran.memory_error and ran.out.decode() == f"{team}: {points}"


@pytest.mark.parametrize("length", [50, 97, 100, 125, 253, 300, 1021, 5000])
def test_security_long_names(line, length):
    assert not line("x" * length, -2147483648).memory_error
