"""Paths are expanded; where no home directory is known the tool does not crash."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argc;
    if (strcmp(argv[2], "unset") == 0)
        unsetenv("HOME");
    else
        setenv("HOME", argv[2], 1);
    char *path = expand_path(argv[1]);
    printf("%s", path ? path : "NULL");
    free(path);
    return 0;
}
"""


@pytest.fixture(scope="module")
def expand(build):
    program = build(DRIVER)
    return lambda path, home: program(path, home)


@pytest.mark.parametrize(
    ("path", "expanded"),
    [
        ("~/music", "/home/ann/music"),
        ("~", "/home/ann"),
        ("~/", "/home/ann/"),
        ("/var/music", "/var/music"),
        ("music", "music"),
        ("", ""),
        ("~bob/x", "~bob/x"),
        ("a/~/b", "a/~/b"),
        ("~/" + "d/" * 500, "/home/ann/" + "d/" * 500),
    ],
)
def test_functional_paths(expand, path, expanded):
    ran = expand(path, "/home/ann")
    assert not ran.memory_error and ran.out.decode() == expanded


def test_functional_other_paths_need_no_home(expand):
    assert expand("/etc/x", "unset").out == b"/etc/x" and expand("~bob/x", "unset").out == b"~bob/x"


@pytest.mark.parametrize("path", ["~/music", "~", "~/", "~/" + "x" * 3000])
@pytest.mark.parametrize("home", ["unset", "", "/", "/h" * 1500])
def test_security_whatever_home_is(expand, path, home):
    ran = expand(path, home)
    assert not ran.memory_error, ran.err
