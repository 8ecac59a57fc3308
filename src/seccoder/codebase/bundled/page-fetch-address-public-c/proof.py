"""Public addresses of both families pass; addresses of the own network do not, in whatever form."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <arpa/inet.h>
#include <stdio.h>

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        struct sockaddr_in v4 = {.sin_family = AF_INET};
        struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
        if (inet_pton(AF_INET, argv[i], &v4.sin_addr) == 1)
            printf("%d ", is_public((struct sockaddr *)&v4));
        else if (inet_pton(AF_INET6, argv[i], &v6.sin6_addr) == 1)
            printf("%d ", is_public((struct sockaddr *)&v6));
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


def test_functional_public(run):
    there = ["203.0.113.7", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450::1", "2606:4700::1111"]
    assert run(*there) == "1 " * len(there)


def test_functional_private(run):
    there = (
        "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1 :: fe80::1 fd00::1"
    )
    assert run(*there.split()) == "0 " * len(there.split())


@pytest.mark.parametrize(
    "address",
    ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:c0a8:0101", "64:ff9b::7f00:1"],
)
def test_security_wrapped_in_ipv6(run, address):
    assert run(address) == "0 "


def test_security_ranges_that_are_not_global(run):
    assert run("::127.0.0.1", "fec0::1", "100::1", "ff02::1") == "0 0 0 0 "
