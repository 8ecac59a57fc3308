"""Payloads are copied, and nothing that lies behind the frame."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    static uint8_t in[1000];
    size_t size = fread(in, 1, sizeof in, stdin);
    uint8_t *frame = malloc(size), out[255];
    memcpy(frame, in, size);
    int length = payload(frame, size, out);
    printf("%d ", length);
    if (length > 0)
        fwrite(out, 1, (size_t)length, stdout);
    return 0;
}
"""


@pytest.fixture(scope="module")
def copy(build):
    program = build(DRIVER)
    return lambda frame: program(stdin=frame)


@pytest.mark.parametrize(("frame", "told"), [(b"\5hello", b"5 hello"), (b"\1x", b"1 x"), (b"\0", b"0 "), (b"\xff" + b"z" * 255, b"255 " + b"z" * 255)])
def test_functional_payloads(copy, frame, told):
    assert copy(frame).out == told


@pytest.mark.parametrize("frame", [b"\5hell", b"\1", b"\xff", b"", b"\xffabc", b"\x80" + b"z" * 127])
def test_security_nothing_behind_the_frame(copy, frame):
    assert not copy(frame).memory_error
