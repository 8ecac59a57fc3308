#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Returns NULL if the data is damaged or memory is short. */
uint8_t *texture_decode(const uint8_t *data, size_t size, uint16_t width, uint16_t height) {
    size_t pixels = (size_t)width * height;
    uint8_t *image = malloc(pixels > 0 ? pixels : 1);
    size_t at = 0, filled = 0;

    while (image != NULL && filled < pixels) {
        uint8_t head = at < size ? data[at++] : 0;
        size_t count = (head & 0x7f) + 1u;
        bool repeat = (head & 0x80) != 0;

        if ((repeat ? 1 : count) > size - at) {
            free(image);
            return NULL;
        }
        if (repeat) {
            memset(image + filled, data[at++], count);
        } else {
            memcpy(image + filled, data + at, count);
            at += count;
        }
        filled += count;
    }
    return image;
}
