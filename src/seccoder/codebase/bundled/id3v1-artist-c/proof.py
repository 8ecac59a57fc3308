"""The artist ends with its field, whether or not the field holds a terminator."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    struct id3v1 *tag = malloc(sizeof *tag);
    if (sizeof *tag != 128 || fread(tag, 1, sizeof *tag, stdin) != sizeof *tag)
        return 9;
    char *artist = id3v1_artist(tag);
    printf(artist ? "[%s]" : "none", artist);
    free(artist);
}
"""
BUILT = []


def tag(artist, album=b"Arrival", rest=b"\0" * 35, magic=b"TAG"):
    return magic + b"Song".ljust(30, b"\0") + artist.ljust(30, b"\0") + album.ljust(30, b"\0") + rest


@pytest.fixture
def artist(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def read(block):
        ran = BUILT[0](stdin=block)
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out

    return read


def test_functional_short_artist(artist):
    assert artist(tag(b"ABBA")) == b"[ABBA]"
    assert artist(tag(b"")) == b"[]"
    assert artist(tag(b"x" * 29)) == b"[" + b"x" * 29 + b"]"


def test_functional_no_tag(artist):
    assert artist(tag(b"ABBA", magic=b"ID3")) == b"none"


def test_functional_stops_at_the_first_terminator(artist):
    assert artist(tag(b"ABBA\0old bytes")) == b"[ABBA]"


def test_security_full_field(artist):
    assert artist(tag(b"x" * 30)) == b"[" + b"x" * 30 + b"]"


def test_security_no_terminator_in_the_whole_tag(artist):
    assert artist(tag(b"x" * 30, album=b"y" * 30, rest=b"z" * 35)) == b"[" + b"x" * 30 + b"]"
