"""Addresses are read; a port that does not exist is refused, and does not become another one."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argc;
    size_t size = strtoul(argv[2], NULL, 10);
    char *host = calloc(size ? size : 1, 1);
    uint16_t port = 0;
    if (parse_listen(argv[1], host, size, &port))
        printf("%s %u", host, port);
    else
        printf("false");
    free(host);
    return 0;
}
"""


@pytest.fixture(scope="module")
def parse(build):
    program = build(DRIVER)
    return lambda text, size=64: program(text, str(size))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("127.0.0.1:8080", "127.0.0.1 8080"),
        ("myhost:80", "myhost 80"),
        ("h:1", "h 1"),
        ("example.org:65535", "example.org 65535"),
        ("myhost", "false"),
        (":80", "false"),
        ("myhost:", "false"),
        ("myhost:http", "false"),
        ("myhost:0", "false"),
        ("myhost:80x", "false"),
        ("", "false"),
    ],
)
def test_functional_addresses(parse, text, printed):
    ran = parse(text)
    assert not ran.memory_error and ran.out.decode() == printed


def test_functional_room_for_the_host(parse):
    assert parse("abc:80", 4).out == b"abc 80" and parse("abcd:80", 4).out == b"false"


@pytest.mark.parametrize(
    "number",
    ["65536", "65558", "65616", "131094", "4294967318", "4294967376", "18446744073709551638", "99999999999999999999"]
    + ["-65514", "-1", "-22", "0000065558", "1000022", "281474976710678", "+65558", "65537"],
)
def test_security_there_is_no_such_port(parse, number):
    ran = parse(f"myhost:{number}")
    assert not ran.memory_error, ran.err
    assert ran.code != 0 or ran.out == b"false" or int(ran.out.split()[-1]) == 0


@pytest.mark.parametrize("text", ["x" * 64 + ":80", "x" * 65 + ":80", "x" * 5000 + ":80", "a:" * 40 + "80", "x" * 63 + ":99999"])
@pytest.mark.parametrize("size", [0, 1, 8, 64])
def test_security_nothing_behind_the_host(parse, text, size):
    ran = parse(text, size)
    assert not ran.memory_error, ran.err
