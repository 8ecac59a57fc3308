#include <stdint.h>
#include <stdio.h>

int32_t read_block(FILE *stream, uint8_t *buffer, int32_t capacity) {
    int32_t size;
    if (fread(&size, sizeof size, 1, stream) != 1)
        return -1;
    /* A negative number would pass the comparison, and become a huge size_t for fread. */
    if (size < 0 || size > capacity)
        return -1;
    return fread(buffer, 1, (size_t)size, stream) == (size_t)size ? size : -1;
}
