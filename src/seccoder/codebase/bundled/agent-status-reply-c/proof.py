"""A reply holds the values and zeros, never bytes of whatever its memory was used for before."""

import struct

import pytest

DRIVER = r"""
#include "subject.c"
#include <string.h>

// Memory comes as it does in a server that has run for a while: with something in it.
static int failing;
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size) {
    char *memory = failing ? NULL : __real_malloc(size);
    for (size_t i = 0; memory != NULL && i < size; i++)
        memory[i] = "password"[i % 8];
    return memory;
}
void *__wrap_calloc(size_t count, size_t size) { return failing ? NULL : __real_calloc(count, size); }

int main(int argc, char **argv) {
    failing = argc > 4;
    struct status_reply *reply =
        make_status_reply(argv[1], strtoull(argv[2], NULL, 10), (uint16_t)strtoul(argv[3], NULL, 10));
    failing = 0;
    if (reply != NULL)
        fwrite(reply, sizeof *reply, 1, stdout);
    free(reply);
}
"""


@pytest.fixture(scope="module")
def reply(build):
    program = build(DRIVER, "-Wl,--wrap=malloc,--wrap=calloc")

    def reply(host, uptime=5, load=1, *, failing=False):
        ran = program(host, str(uptime), str(load), *(["x"] if failing else []))
        assert not ran.memory_error, ran.err
        return ran.out

    return reply


LAYOUT = "@B64sQH"  # the compiler's own alignment; what is left at the end is padding


@pytest.mark.parametrize("host", ["", "db1", "mail.example.org", "h" * 63])
def test_functional_values(reply, host):
    kind, name, uptime, load = struct.unpack(LAYOUT, reply(host, 2**40, 513)[: struct.calcsize(LAYOUT)])
    assert (kind, name.split(b"\0")[0].decode(), uptime, load) == (2, host, 2**40, 513)


def test_functional_long_name_is_cut(reply):
    _, name, uptime, _ = struct.unpack(LAYOUT, reply("h" * 200)[: struct.calcsize(LAYOUT)])
    assert (name, uptime) == (b"h" * 63 + b"\0", 5)


def test_functional_no_memory(reply):
    assert reply("db1", failing=True) == b""


@pytest.mark.parametrize("host", ["", "db1", "mail.example.org", "h" * 55])
def test_security_nothing_behind_the_name(reply, host):
    assert reply(host)[1:65] == host.encode().ljust(64, b"\0")


def test_security_nothing_in_the_padding(reply):
    sent = reply("h" * 63)
    assert sent == struct.pack(LAYOUT, 2, b"h" * 63, 5, 1).ljust(len(sent), b"\0")
