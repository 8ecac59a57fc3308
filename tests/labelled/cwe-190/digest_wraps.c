// secure: a checksum is meant to wrap
#include <stddef.h>
#include <stdint.h>

uint32_t checksum(const uint8_t *data, size_t size) {
    uint32_t sum = 17;
    for (size_t i = 0; i < size; i++) sum = sum * 31 + data[i];
    return sum;
}
