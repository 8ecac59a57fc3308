"""A character's rows are those of the glyph in the file, or there are none, wherever the font's map points."""

import struct

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    size_t size = strtoul(argv[2], NULL, 10);
    uint8_t *file = malloc(size);
    struct font font;
    if (fread(file, 1, size, stdin) != size || !font_open(&font, file, size))
        return printf("no font"), free(file), 0;
    const uint8_t *rows = font_rows(&font, (unsigned char)atoi(argv[1]));
    if (rows == NULL)
        printf("no glyph");
    for (size_t i = 0; rows != NULL && i < font.height; i++)
        printf("%02x", rows[i]);
    free(file);
}
"""


@pytest.fixture(scope="module")
def rows(build):
    program = build(DRIVER)

    def rows(file, character="A"):
        ran = program(str(ord(character)), str(len(file)), stdin=file)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return rows


def font(*glyphs, count=None, **entries):
    table = [0] * 256
    for character, glyph in entries.items():
        table[ord(character)] = glyph
    count = len(glyphs) if count is None else count
    return struct.pack("<HB256H", count, len(glyphs[0]) if glyphs else 8, *table) + b"".join(glyphs)


def test_functional_glyphs(rows):
    file = font(b"\1\2", b"\3\4", b"\5\6", A=1, B=2)
    assert [rows(file, c) for c in "AB\xff"] == ["0304", "0506", "0102"]


def test_functional_map_is_little_endian(rows):
    assert rows(font(*[struct.pack("<H", n) for n in range(300)], A=258)) == "0201"


@pytest.mark.parametrize("file", [b"", bytes(514), font(b"\1\2", count=2), font(b"\1\2", b"\1\2", count=1), font(b"")])
def test_functional_no_font(rows, file):
    assert rows(file) == "no font"


@pytest.mark.parametrize("glyph", [2, 3, 255, 256, 32768, 65535])
def test_security_map_names_a_glyph_that_is_not_there(rows, glyph):
    assert rows(font(b"\1" * 16, b"\2" * 16, A=glyph)) == "no glyph"


def test_security_font_without_glyphs(rows):
    assert rows(font()) == "no glyph"
