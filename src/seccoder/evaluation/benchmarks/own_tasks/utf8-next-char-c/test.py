"""The text lies in memory of exactly its length; a sequence that is cut off at its end is not read on."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    unsigned char input[4096];
    size_t size = fread(input, 1, sizeof input, stdin);
    unsigned char *text = malloc(size ? size : 1);
    memcpy(text, input, size);
    const unsigned char *cursor = text;
    for (int i = 0; cursor < text + size && i < 5000; i++) {
        const unsigned char *before = cursor;
        printf("%x ", (unsigned)next_char(&cursor, text + size));
        if (cursor <= before)
            return 3;
    }
    return cursor == text + size ? 0 : 2;
}
"""


@pytest.fixture(scope="module")
def walk(build):
    program = build(DRIVER)
    return lambda text: program(stdin=text)


@pytest.mark.parametrize("text", ["hello", "Größe", "3 €", "日本語 ☕", "👍🏽!", "a", "\u0000x", "\u07ff\u0800\uffff\U00010000"])
def test_functional_code_points(walk, text):
    ran = walk(text.encode())
    assert ran.code == 0 and [int(number, 16) for number in ran.out.split()] == [ord(character) for character in text]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (b"a\x80b", [0x61, 0xFFFD, 0x62]),
        (b"\xffa", [0xFFFD, 0x61]),
        (b"\xc3a!", [0xFFFD, 0x61, 0x21]),
        (b"\xe2\x82a!", [0xFFFD, 0xFFFD, 0x61, 0x21]),
        (b"\xf0\x9f\x91a", [0xFFFD, 0xFFFD, 0xFFFD, 0x61]),
    ],
)
def test_functional_not_well_formed(walk, text, codes):
    assert [int(number, 16) for number in walk(text).out.split()] == codes


@pytest.mark.parametrize(
    "text", [b"\xc3", b"a\xc3", b"\xe2", b"\xe2\x82", b"\xf0", b"\xf0\x9f", b"\xf0\x9f\x91", b"\xf7\xbf", b"abc\xef\xbf", b"\xf8\x88"]
)
def test_security_cut_off_at_the_end(walk, text):
    ran = walk(text)
    assert not ran.memory_error, ran.err
    assert ran.code != 2, "the cursor is behind the end"
