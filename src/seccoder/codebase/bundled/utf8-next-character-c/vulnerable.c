#include <stddef.h>
#include <stdint.h>

long next_character(const uint8_t *text, size_t left, size_t *used) {
    if (left == 0)
        return -1;
    uint8_t lead = text[0];
    size_t more = lead < 0x80 ? 0 : (lead & 0xE0) == 0xC0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : (lead & 0xF8) == 0xF0 ? 3 : 4;
    if (more == 4)
        return -1;
    long code = more == 0 ? lead : lead & (0x3F >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return -1;
        code = code << 6 | (text[i] & 0x3F);
    }
    *used = more + 1;
    return code;
}
