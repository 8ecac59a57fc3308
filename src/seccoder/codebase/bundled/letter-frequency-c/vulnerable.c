#include <stddef.h>
#include <stdlib.h>

size_t *byte_frequency(const unsigned char *data, size_t size) {
    size_t *counts = malloc(256 * sizeof *counts);
    if (counts == NULL)
        return NULL;
    for (size_t i = 0; i < size; i++)
        counts[data[i]]++;
    return counts;
}
