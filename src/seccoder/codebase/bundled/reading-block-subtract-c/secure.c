#include <stddef.h>
#include <stdint.h>

long data_bytes(const uint8_t *message, size_t size, uint8_t kind) {
    long sum = 0;
    while (size > 0) {
        size_t length = message[0];
        /* Below zero there is nothing but a very large number: ask before subtracting. */
        if (length < 2 || length > size)
            return -1;
        if (message[1] == kind)
            sum += (long)length - 2;
        message += length;
        size -= length;
    }
    return sum;
}
