// vulnerable: realloc to nothing frees, and the old pointer is freed again
#include <stdlib.h>
#include <string.h>

size_t keep_prefix(const char *text, size_t length) {
    size_t have = strlen(text);
    char *copy = malloc(have + 1);
    if (copy == NULL) return 0;
    memcpy(copy, text, have + 1);
    if (length > have) length = have;
    char *smaller = realloc(copy, length);
    if (smaller == NULL) {
        free(copy);
        return 0;
    }
    free(smaller);
    return length;
}
