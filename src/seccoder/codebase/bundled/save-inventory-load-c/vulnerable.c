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
    if (count > MAX_ITEMS) {
        return -1;
    }
    int bytes = count * (int)sizeof(struct item);
    int available = (int)(size - sizeof count);
    if (available < bytes) {
        return -1;
    }
    memcpy(inventory->items, data + sizeof count, bytes);
    inventory->count = count;
    return count;
}
