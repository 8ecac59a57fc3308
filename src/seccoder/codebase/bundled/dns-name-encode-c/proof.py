"""The encoded name is compared with one made in Python, for every size of the output buffer around the exact one."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    size_t size = strtoul(argv[1], NULL, 10);
    uint8_t *out = malloc(size);
    fwrite(out, 1, dns_encode_name(argv[2], out, size), stdout);
}
"""
BUILT = []


def wire(host):
    labels = [part.encode() for part in host.split(".")]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


@pytest.fixture
def encode(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def encode_name(host, size):
        ran = BUILT[0](str(size), host)
        assert not ran.memory_error, ran.err
        return ran.out

    return encode_name


@pytest.mark.parametrize("host", ["www.example.com", "localhost", "a" * 63 + ".org"])
def test_functional_names(encode, host):
    assert encode(host, 255) == wire(host)
    assert encode(host, len(wire(host))) == wire(host)


def test_functional_root_and_final_dot(encode):
    assert encode("", 255) == b"\0"
    assert encode("example.com.", 255) == wire("example.com")


@pytest.mark.parametrize("host", [".com", "a..b", "a" * 64])
def test_functional_bad_labels(encode, host):
    assert encode(host, 255) == b""


@pytest.mark.parametrize("short", [1, 2, 3, 5])
@pytest.mark.parametrize("host", ["www.example.com", "localhost", "a.b.c.d.e.f.g.h"])
def test_security_buffer_too_small(encode, host, short):
    assert encode(host, len(wire(host)) - short) == b""


def test_security_name_far_longer_than_the_buffer(encode):
    assert encode(".".join(["a" * 63] * 20), 255) == b""
    assert encode(".".join("a" * 500), 255) == b""
