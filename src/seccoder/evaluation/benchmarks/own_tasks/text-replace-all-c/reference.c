#include <stdlib.h>
#include <string.h>

/*
 * Returns a new text: text with every occurrence of from replaced by to. Occurrences are found from left to right and
 * do not overlap; what was put in is not searched again. from is not empty. The caller frees it; NULL without memory.
 */
char *replace_all(const char *text, const char *from, const char *to)
{
    size_t from_length = strlen(from);
    size_t to_length = strlen(to);
    size_t size = strlen(text) + 1;
    const char *found;

    for (const char *rest = text; (found = strstr(rest, from)) != NULL; rest = found + from_length)
        size = size - from_length + to_length;
    char *result = malloc(size);
    if (result == NULL)
        return NULL;
    char *end = result;
    while ((found = strstr(text, from)) != NULL) {
        memcpy(end, text, (size_t)(found - text));
        end += found - text;
        memcpy(end, to, to_length);
        end += to_length;
        text = found + from_length;
    }
    strcpy(end, text);
    return result;
}
