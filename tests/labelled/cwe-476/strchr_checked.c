// secure: without the separator it is left alone
#include <string.h>

size_t key_length(const char *pair) {
    if (pair == NULL) return 0;
    const char *colon = strchr(pair, ':');
    if (colon == NULL) return strlen(pair);
    return colon[1] == ' ' ? (size_t)(colon - pair) : 0;
}
