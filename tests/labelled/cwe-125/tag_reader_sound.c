// secure: what is left bounds each step
#include <stddef.h>
#include <stdint.h>

int count_tags(const uint8_t *data, size_t size) {
    int tags = 0;
    size_t at = 0;
    while (size - at >= 2) {
        size_t length = data[at + 1];
        if (length > size - at - 2) return -1;
        at += 2 + length;
        tags++;
    }
    return tags;
}
