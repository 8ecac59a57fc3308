#include <stddef.h>
#include <stdint.h>
#include <string.h>

const uint8_t *find_box(const uint8_t *file, size_t size, const char *type, size_t *length) {
    enum { HEADER = 8 };

    while (size >= HEADER) {
        uint32_t box = (uint32_t)file[0] << 24 | file[1] << 16 | file[2] << 8 | file[3];

        /* A box holds its own header at least: with a smaller size the loop would not get past it. */
        if (box < HEADER || box > size) {
            return NULL;
        }
        if (memcmp(file + 4, type, 4) == 0) {
            *length = box - HEADER;
            return file + HEADER;
        }
        file += box;
        size -= box;
    }
    return NULL;
}
