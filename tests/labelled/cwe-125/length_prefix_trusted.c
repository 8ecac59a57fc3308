// vulnerable: the length in the message is believed
#include <stddef.h>
#include <stdint.h>

unsigned checksum(const uint8_t *data, size_t len) {
    unsigned sum = 0;
    if (len < 1) return 0;
    size_t n = data[0];
    for (size_t i = 0; i < n; i++) sum += data[1 + i];
    return sum;
}
