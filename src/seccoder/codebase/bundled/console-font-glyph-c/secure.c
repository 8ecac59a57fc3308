#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HEADER = 3, MAP = 256 * 2 };

struct font {
    const uint8_t *map, *rows;
    size_t glyphs, height;
};

bool font_open(struct font *font, const uint8_t *file, size_t size) {
    if (size < HEADER + MAP) {
        return false;
    }
    font->glyphs = file[0] | file[1] << 8;
    font->height = file[2];
    font->map = file + HEADER;
    font->rows = font->map + MAP;
    return font->height > 0 && size - HEADER - MAP == font->glyphs * font->height;
}

const uint8_t *font_rows(const struct font *font, unsigned char character) {
    size_t glyph = font->map[2 * character] | font->map[2 * character + 1] << 8;

    /* The map comes from the file as well: it may name glyphs that the file does not have. */
    if (glyph >= font->glyphs) {
        return NULL;
    }
    return font->rows + glyph * font->height;
}
