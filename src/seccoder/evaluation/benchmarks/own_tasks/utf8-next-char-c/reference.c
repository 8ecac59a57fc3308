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
    const unsigned char *p = *cursor;
    uint32_t lead = *p;
    int more = lead < 0x80 ? 0 : lead >> 5 == 0x6 ? 1 : lead >> 4 == 0xE ? 2 : lead >> 3 == 0x1E ? 3 : -1;
    uint32_t code = more == 0 ? lead : lead & (0x3Fu >> (more < 0 ? 0 : more));

    *cursor = p + 1;
    if (more < 0 || more >= end - p)
        return REPLACEMENT;
    for (int i = 1; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return REPLACEMENT;
        code = code << 6 | (p[i] & 0x3F);
    }
    *cursor = p + 1 + more;
    return code;
}
