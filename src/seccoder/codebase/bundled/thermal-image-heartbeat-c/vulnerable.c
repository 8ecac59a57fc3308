#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MAX_ANSWER 1024

size_t answer_echo(const uint8_t *packet, size_t received, uint8_t answer[MAX_ANSWER]) {
    if (received < 3 || packet[0] != 1)
        return 0;
    size_t length = (size_t)packet[1] << 8 | packet[2];
    if (length > MAX_ANSWER - 3)
        return 0;
    answer[0] = 2;
    memcpy(answer + 1, packet + 1, 2 + length);
    return 3 + length;
}
