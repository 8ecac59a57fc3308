#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * Returns a new text with piece repeated, and the separator between the repetitions: repeat_text("--", "+", 3) is
 * "--+--+--". Zero times is an empty text. The number comes from the report's description file.
 *
 * The caller frees it. NULL if there is not enough memory.
 */
char *repeat_text(const char *piece, const char *separator, size_t times)
{
    size_t length = strlen(piece);
    size_t between = strlen(separator);

    if (times > 0 && length + between > (SIZE_MAX - 1) / times)
        return NULL;
    char *text = malloc(times * (length + between) + 1);
    if (text == NULL)
        return NULL;
    char *end = text;
    for (size_t i = 0; i < times; i++) {
        if (i > 0) {
            memcpy(end, separator, between);
            end += between;
        }
        memcpy(end, piece, length);
        end += length;
    }
    *end = '\0';
    return text;
}
