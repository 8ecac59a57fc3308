"""Messages of whole blocks are summed up; a block that says it is longer than the rest ends in -1, not in memory."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    uint8_t in[1024];
    size_t size = fread(in, 1, sizeof in, stdin);
    uint8_t *message = malloc(size ? size : 1);
    memcpy(message, in, size);
    printf("%ld", data_bytes(message, size, atoi(argv[1])));
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


def block(kind, data):
    return bytes([len(data) + 2, kind]) + data


def test_functional_sums(run):
    message = block(1, b"abc") + block(2, b"") + block(1, b"x" * 253) + block(3, b"yy")
    assert [run(str(kind), stdin=message) for kind in (1, 2, 3, 4)] == ["256", "0", "2", "0"]
    assert run("1", stdin=b"") == "0"
    assert run("1", stdin=b"\x00\x01") == run("1", stdin=b"\x01\x01") == "-1"


@pytest.mark.parametrize("end", [b"\x03\x01", b"\xff\x01", b"\x04\x01a", b"\x02", b"\xff"])
def test_security_longer_than_the_rest(run, end):
    assert run("1", stdin=end) == run("1", stdin=block(2, b"before") + end) == "-1"
