"""Messages are inflated; of one that grows without end, little more than the limit is ever made.

zlib need not be there: a stand-in keeps to the rules of `inflate` with a toy format, pairs of a count (two bytes) and a
byte, ended by a count of 0, and tells how many bytes it made.
"""

from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <cstdio>
typedef unsigned char Bytef;
typedef unsigned int uInt;
enum { Z_OK = 0, Z_STREAM_END = 1, Z_DATA_ERROR = -3, Z_BUF_ERROR = -5, Z_NO_FLUSH = 0 };
struct z_stream {
    Bytef *next_in, *next_out;
    uInt avail_in, avail_out;
    unsigned long total_out;
    unsigned left;
    Bytef byte;
};
inline int inflateInit(z_stream *) { return Z_OK; }
inline int inflate(z_stream *s, int) {
    const uInt before = s->avail_out + s->avail_in;
    for (; s->avail_out > 0; --s->avail_out, --s->left, ++s->total_out) {
        if (s->left == 0) {
            if (s->avail_in < 3)
                return s->avail_in > 0 ? Z_DATA_ERROR : before == s->avail_out ? Z_BUF_ERROR : Z_OK;
            s->left = s->next_in[0] << 8 | s->next_in[1];
            s->byte = s->next_in[2];
            s->next_in += 3, s->avail_in -= 3;
            if (s->left == 0)
                return Z_STREAM_END;
        }
        *s->next_out++ = s->byte;
    }
    return Z_OK;
}
inline int inflateEnd(z_stream *s) { return std::fprintf(stderr, "%lu", s->total_out), Z_OK; }
"""
DRIVER = r"""
#include "subject.cpp"

int main() {
    std::string message;
    for (int c; (c = std::getchar()) != EOF;)
        message += static_cast<char>(c);
    try {
        std::fputs(inflated(message).c_str(), stdout);
    } catch (const std::runtime_error &) {
        std::fputs("refused", stdout);
    }
}
"""


@pytest.fixture(scope="module")
def inflate(build):
    Path("zlib.h").write_text(HEADER)
    program = build(DRIVER, "-I.")

    def inflate(*runs, end=b"\0\0\0"):
        message = b"".join(count.to_bytes(2, "big") + byte for count, byte in runs)
        ran = program(stdin=message + end)
        assert not ran.memory_error, ran.err
        inflate.made = int(ran.err)
        return ran.out

    return inflate


def test_functional_messages(inflate):
    assert inflate() == b""
    assert inflate((3, b"a"), (2, b"b")) == b"aaabb"
    assert inflate((5000, b"x"), (4096, b"y")) == b"x" * 5000 + b"y" * 4096
    assert inflate(*[(65535, b"z")] * 3) == b"z" * 196605


def test_functional_damaged(inflate):
    assert inflate((3, b"a"), end=b"") == inflate((3, b"a"), end=b"\0") == b"refused"


@pytest.mark.parametrize("times", [5, 40, 300])
def test_security_messages_that_grow(inflate, times):
    assert inflate(*[(65535, b"0")] * times) == b"refused"
    assert inflate.made < 300_000
