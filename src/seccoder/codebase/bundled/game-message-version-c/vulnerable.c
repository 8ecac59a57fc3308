#include <assert.h>
#include <stddef.h>
#include <stdint.h>

enum { VERSION = 3, TYPES = 6, HEADER = 4 };

int message_type(const uint8_t *message, size_t size) {
    assert(size >= HEADER);
    assert(message[0] == VERSION && message[1] < TYPES);
    size_t rest = (size_t)message[2] << 8 | message[3];
    if (rest != size - HEADER)
        return -1;
    return message[1];
}
