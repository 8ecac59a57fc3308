"""Tunnels to the domain's hosts are allowed; those to other hosts are not, whatever their names contain."""

import pytest

DRIVER = r"""
#define _GNU_SOURCE
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv) {
    printf("%d", allowed(argv[1]));
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


@pytest.mark.parametrize("target", ["learn.example:443", "math.learn.example:443", "a.b.LEARN.example:443"])
def test_functional_allowed(run, target):
    assert run(target) == "1"


@pytest.mark.parametrize(
    "target", ["", "learn.example", "learn.example:80", "learn.example:4430", "other.example:443", ":443"]
)
def test_functional_refused(run, target):
    assert run(target) == "0"


@pytest.mark.parametrize(
    "target",
    [
        "mylearn.example:443",
        "learn.example.evil.example:443",
        "127.0.0.1:8080/learn.example:443",
        "10.0.0.1#learn.example:443",
        "learn.example@10.0.0.1:443",
        "x/.learn.example:443",
    ],
)
def test_security_other_hosts(run, target):
    assert run(target) == "0"
