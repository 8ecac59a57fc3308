#include <stddef.h>
#include <stdint.h>

struct pak {
    const uint8_t *data;
    uint32_t size;
};

struct pak_entry {
    char name[56];
    uint32_t offset;
    uint32_t length;
};

const uint8_t *pak_entry_data(const struct pak *pak, const struct pak_entry *entry) {
    uint32_t end;

    /* The sum of two numbers from the file can wrap round to a small `end`, which would look valid. */
    if (__builtin_add_overflow(entry->offset, entry->length, &end) || end > pak->size) {
        return NULL;
    }
    return pak->data + entry->offset;
}
