#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIXEL_BYTES = 8, MAX_PIXELS = 1 << 24 };

struct image {
    uint32_t width, height;
    uint8_t *pixels;
};

static uint32_t big_endian(const uint8_t *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

bool image_read(struct image *image, FILE *in) {
    uint8_t header[16];

    if (fread(header, 1, sizeof header, in) != sizeof header || memcmp(header, "farbfeld", 8) != 0) {
        return false;
    }
    uint32_t width = big_endian(header + 8), height = big_endian(header + 12);
    /* Divided, not multiplied: width * height from the file could wrap round to a small number. */
    if (width == 0 || height == 0 || height > MAX_PIXELS / width) {
        return false;
    }
    size_t size = (size_t)width * height * PIXEL_BYTES;
    uint8_t *pixels = malloc(size);
    if (pixels == NULL || fread(pixels, 1, size, in) != size) {
        free(pixels);
        return false;
    }
    *image = (struct image){width, height, pixels};
    return true;
}
