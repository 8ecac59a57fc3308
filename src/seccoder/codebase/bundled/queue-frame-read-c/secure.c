#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_FRAME = 1024 * 1024 };

char *read_frame(FILE *stream, size_t *size) {
    unsigned char prefix[4];

    if (fread(prefix, 1, sizeof prefix, stream) != sizeof prefix) {
        return NULL;
    }
    uint32_t length = (uint32_t)prefix[0] << 24 | prefix[1] << 16 | prefix[2] << 8 | prefix[3];
    /* Before anything is allocated: four bytes from the network must not cost us gigabytes. */
    if (length > MAX_FRAME) {
        return NULL;
    }
    char *body = malloc((size_t)length + 1);
    if (body == NULL) {
        return NULL;
    }
    if (fread(body, 1, length, stream) != length) {
        free(body);
        return NULL;
    }
    body[length] = '\0';
    *size = length;
    return body;
}
