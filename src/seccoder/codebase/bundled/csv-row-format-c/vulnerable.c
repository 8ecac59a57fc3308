#include <stddef.h>
#include <stdio.h>

int csv_format_row(char *row, size_t size, const long *values, size_t count) {
    size_t used = 0;

    if (size == 0) {
        return -1;
    }
    row[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        used += snprintf(row + used, size - used, "%s%ld", i > 0 ? "," : "", values[i]);
    }
    return (int)used;
}
