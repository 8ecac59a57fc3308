#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *json_quote(const char *text) {
    size_t length = strlen(text);

    /* The longest escape counts: \u and four digits for one byte. Two quotes and the terminator make 3. */
    if (length > (SIZE_MAX - 3) / 6) {
        return NULL;
    }
    char *quoted = malloc(length * 6 + 3);
    if (quoted == NULL) {
        return NULL;
    }
    char *end = quoted;
    *end++ = '"';
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\') {
            *end++ = '\\';
            *end++ = (char)c;
        } else if (c == '\n') {
            *end++ = '\\';
            *end++ = 'n';
        } else if (c < 0x20) {
            end += sprintf(end, "\\u%04x", c);
        } else {
            *end++ = (char)c;
        }
    }
    *end++ = '"';
    *end = '\0';
    return quoted;
}
