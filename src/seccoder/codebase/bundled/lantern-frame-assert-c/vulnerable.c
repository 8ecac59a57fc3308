#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

bool apply_packet(uint8_t levels[512], const uint8_t *packet, size_t size) {
    if (size < 3)
        return false;
    size_t first = (size_t)packet[0] << 8 | packet[1], count = packet[2];
    assert(first >= 1 && first <= 512);
    assert(count == size - 3 && count <= 513 - first);
    memcpy(levels + first - 1, packet + 3, count);
    return true;
}
