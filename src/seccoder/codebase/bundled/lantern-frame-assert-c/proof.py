"""Levels are applied; after packets that do not fit, the gateway still runs and nothing has changed."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    uint8_t *levels = calloc(512, 1), packet[600];
    size_t size = fread(packet, 1, sizeof packet, stdin), lit = 0;
    bool applied = apply_packet(levels, packet, size);
    for (size_t i = 0; i < 512; i++)
        lit += levels[i] > 0;
    printf("%d %zu %d", applied, lit, levels[atoi(argv[1]) - 1]);
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


def packet(first, levels, count=None):
    return first.to_bytes(2, "big") + bytes([len(levels) if count is None else count]) + levels


def test_functional_levels(run):
    assert run("1", stdin=packet(1, bytes([9, 8]))) == "1 2 9"
    assert run("512", stdin=packet(512, bytes([7]))) == "1 1 7"
    assert run("300", stdin=packet(258, bytes([5] * 255))) == "1 255 5"
    assert run("1", stdin=packet(1, b"")) == "1 0 0"
    assert run("1", stdin=b"") == run("1", stdin=b"\x00\x01") == "0 0 0"


@pytest.mark.parametrize(
    "sent",
    [
        packet(0, b"x"),
        packet(513, b"x"),
        packet(65535, b""),
        packet(512, b"xx"),
        packet(1, b"x", 2),
        packet(1, b"xx", 1),
    ],
)
def test_security_packets_that_do_not_fit(run, sent):
    assert run("1", stdin=sent) == "0 0 0"
