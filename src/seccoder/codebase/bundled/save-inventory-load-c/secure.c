#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { MAX_ITEMS = 64 };

struct item {
    uint16_t kind, amount;
};

struct inventory {
    int32_t count;
    struct item items[MAX_ITEMS];
};

int load_inventory(struct inventory *inventory, const unsigned char *data, size_t size) {
    int32_t count;

    if (size < sizeof count) {
        return -1;
    }
    memcpy(&count, data, sizeof count);
    /* Both ends, while it still has its sign: as a size_t, -1 would be the largest number there is. */
    if (count < 0 || count > MAX_ITEMS) {
        return -1;
    }
    size_t bytes = (size_t)count * sizeof(struct item);
    if (size - sizeof count < bytes) {
        return -1;
    }
    memcpy(inventory->items, data + sizeof count, bytes);
    inventory->count = count;
    return count;
}
