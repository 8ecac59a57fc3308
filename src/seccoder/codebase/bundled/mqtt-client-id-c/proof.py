"""An identifier is taken only if it lies in the packet and, with its terminator, fits into the session."""

import struct

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    static uint8_t input[70000];
    size_t received = fread(input, 1, sizeof input, stdin);
    uint8_t *payload = malloc(received);
    memcpy(payload, input, received);
    struct session *session = calloc(1, sizeof *session);
    if (read_client_id(session, payload, received))
        printf("[%s]", session->client_id);
    else
        printf("refused");
}
"""
BUILT = []


def connect(client_id, length=None):
    return struct.pack(">H", len(client_id) if length is None else length) + client_id


@pytest.fixture
def client_id(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def read(payload):
        ran = BUILT[0](stdin=payload)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return read


def test_functional_identifiers(client_id):
    assert client_id(connect(b"thermometer-3")) == "[thermometer-3]"
    assert client_id(connect(b"")) == "[]"
    assert client_id(connect(b"a") + b"\0\4will") == "[a]"
    assert client_id(connect(b"x" * 23)) == f"[{'x' * 23}]"


def test_functional_truncated_packet(client_id):
    assert client_id(b"") == "refused"
    assert client_id(b"\0") == "refused"
    assert client_id(connect(b"abc", length=4)) == "refused"
    assert client_id(connect(b"abc", length=65535)) == "refused"


@pytest.mark.parametrize("length", [24, 25, 28, 100, 65535])
def test_security_identifier_longer_than_the_field(client_id, length):
    assert client_id(connect(b"x" * length)) == "refused"


@pytest.mark.parametrize("received", [22, 23, 24])
def test_security_longer_than_packet_and_field(client_id, received):
    assert client_id(connect(b"x" * received, length=received + 1)) == "refused"
