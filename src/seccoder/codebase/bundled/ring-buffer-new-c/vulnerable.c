#include <stdbool.h>
#include <stdlib.h>

struct ring {
    size_t capacity, used, start;
    unsigned char *bytes;
};

struct ring *ring_new(size_t capacity) {
    struct ring *ring = malloc(sizeof *ring);

    if (ring == NULL) {
        return NULL;
    }
    *ring = (struct ring){.capacity = capacity, .bytes = malloc(capacity)};
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
