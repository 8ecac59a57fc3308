#include <stdbool.h>
#include <stdlib.h>

struct heading {
    const char *title;
    size_t parent;
    size_t children;
};

struct outline {
    struct heading *headings;
    size_t count, capacity;
};

bool outline_add(struct outline *outline, size_t parent, const char *title) {
    if (parent >= outline->count) {
        return false;
    }
    struct heading *above = &outline->headings[parent];

    if (outline->count == outline->capacity) {
        size_t capacity = outline->capacity * 2;
        struct heading *grown = reallocarray(outline->headings, capacity, sizeof *grown);

        if (grown == NULL) {
            return false;
        }
        outline->headings = grown;
        outline->capacity = capacity;
    }
    above->children++;
    outline->headings[outline->count++] = (struct heading){title, parent, 0};
    return true;
}
