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
    size_t piece_length = strlen(piece);
    size_t separator_length = strlen(separator);
    size_t total = times * piece_length;

    if (times > 1)
        total += (times - 1) * separator_length;
    char *result = malloc(total + 1);
    if (!result)
        return NULL;
    char *p = result;
    for (size_t i = 0; i < times; i++) {
        memcpy(p, piece, piece_length);
        p += piece_length;
        if (i + 1 < times) {
            memcpy(p, separator, separator_length);
            p += separator_length;
        }
    }
    *p = '\0';
    return result;
}
