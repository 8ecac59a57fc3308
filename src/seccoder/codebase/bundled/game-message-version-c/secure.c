#include <stddef.h>
#include <stdint.h>

enum { VERSION = 3, TYPES = 6, HEADER = 4 };

int message_type(const uint8_t *message, size_t size) {
    /* These are the sender's mistakes, not ours: an assert would end the server for everybody. */
    if (size < HEADER || message[0] != VERSION || message[1] >= TYPES)
        return -1;
    size_t rest = (size_t)message[2] << 8 | message[3];
    if (rest != size - HEADER)
        return -1;
    return message[1];
}
