#include <stdint.h>
#include <string.h>

/* Copies the payload of a frame of size bytes into out (255 bytes) and returns its length, or -1 if it is no frame. */
int payload(const uint8_t *frame, size_t size, uint8_t *out)
{
    if (size < 1 || frame[0] > size - 1)
        return -1;
    memcpy(out, frame + 1, frame[0]);
    return frame[0];
}
