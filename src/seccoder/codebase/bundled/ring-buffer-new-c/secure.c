#include <stdbool.h>
#include <stdlib.h>

struct ring {
    size_t capacity, used, start;
    unsigned char *bytes;
};

struct ring *ring_new(size_t capacity) {
    struct ring *ring = malloc(sizeof *ring);
    unsigned char *bytes = malloc(capacity);

    /* Either can fail without the other, usually the large one: no ring exists without its storage. */
    if (ring == NULL || bytes == NULL) {
        free(bytes);
        free(ring);
        return NULL;
    }
    *ring = (struct ring){.capacity = capacity, .bytes = bytes};
    return ring;
}

bool ring_put(struct ring *ring, unsigned char byte) {
    if (ring->used == ring->capacity) {
        return false;
    }
    ring->bytes[(ring->start + ring->used++) % ring->capacity] = byte;
    return true;
}

int ring_take(struct ring *ring) {
    if (ring->used == 0) {
        return -1;
    }
    unsigned char byte = ring->bytes[ring->start];
    ring->start = (ring->start + 1) % ring->capacity;
    ring->used--;
    return byte;
}
