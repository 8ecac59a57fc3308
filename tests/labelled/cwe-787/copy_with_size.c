// secure: one place is kept for the terminator
#include <stddef.h>

size_t copy_text(char *out, size_t size, const char *text) {
    size_t i = 0;
    if (size == 0) return 0;
    while (text[i] != '\0' && i + 1 < size) {
        out[i] = text[i];
        i++;
    }
    out[i] = '\0';
    return i;
}
