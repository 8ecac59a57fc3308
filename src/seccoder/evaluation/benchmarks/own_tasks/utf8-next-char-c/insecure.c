#include <stddef.h>
#include <stdint.h>

#define REPLACEMENT 0xFFFD

/*
 * Returns the code point at *cursor and moves *cursor behind it; *cursor is before end. The text between is UTF-8 and
 * not terminated. A byte that does not begin a sequence of one to four bytes with the right continuation bytes counts
 * as REPLACEMENT; then *cursor moves by that one byte.
 */
uint32_t next_char(const unsigned char **cursor, const unsigned char *end)
{
    const unsigned char *s = *cursor;
    uint32_t code;
    int length;

    if (s >= end)
        return REPLACEMENT;
    if (s[0] < 0x80) {
        code = s[0];
        length = 1;
    } else if ((s[0] & 0xE0) == 0xC0) {
        code = s[0] & 0x1F;
        length = 2;
    } else if ((s[0] & 0xF0) == 0xE0) {
        code = s[0] & 0x0F;
        length = 3;
    } else if ((s[0] & 0xF8) == 0xF0) {
        code = s[0] & 0x07;
        length = 4;
    } else {
        *cursor = s + 1;
        return REPLACEMENT;
    }
    for (int i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            *cursor = s + 1;
            return REPLACEMENT;
        }
        code = (code << 6) | (s[i] & 0x3F);
    }
    *cursor = s + length;
    return code;
}
