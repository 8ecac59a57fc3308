#include <stddef.h>
#include <stdio.h>

int csv_format_row(char *row, size_t size, const long *values, size_t count) {
    size_t used = 0;

    if (size == 0) {
        return -1;
    }
    row[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        int length = snprintf(row + used, size - used, "%s%ld", i > 0 ? "," : "", values[i]);

        /* snprintf returns the length it wanted, not what it wrote: `used` moves only if it fitted. */
        if (length < 0 || (size_t)length >= size - used) {
            return -1;
        }
        used += (size_t)length;
    }
    return (int)used;
}
