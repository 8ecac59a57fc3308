#include <stdlib.h>
#include <string.h>

static const char *entity(char c) {
    return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
}

char *escape_title(const char *title) {
    size_t size = 1;
    for (const char *c = title; *c; c++)
        size += strchr("&<>\"", *c) ? 4 : 1;
    char *escaped = malloc(size), *end = escaped;
    if (!escaped)
        return NULL;
    for (const char *c = title; *c; c++) {
        const char *text = entity(*c);
        size_t length = text ? strlen(text) : 1;
        memcpy(end, text ? text : c, length);
        end += length;
    }
    *end = '\0';
    return escaped;
}
