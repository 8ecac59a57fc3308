// vulnerable: the second byte of the last tag may lie behind the end
#include <stddef.h>
#include <stdint.h>

int count_tags(const uint8_t *data, size_t size) {
    int tags = 0;
    for (size_t at = 0; at < size; tags++) {
        at += 2 + data[at + 1];
    }
    return tags;
}
