#include <stdlib.h>
#include <string.h>

/*
 * Returns a new text: text with every occurrence of from replaced by to. Occurrences are found from left to right and
 * do not overlap; what was put in is not searched again. from is not empty. The caller frees it; NULL without memory.
 */
char *replace_all(const char *text, const char *from, const char *to)
{
    size_t from_len = strlen(from);
    char *result = malloc(2 * strlen(text) + 2 * strlen(to) + 1); /* room to grow */
    const char *found;

    if (!result)
        return NULL;
    result[0] = '\0';
    while ((found = strstr(text, from))) {
        strncat(result, text, found - text);
        strcat(result, to);
        text = found + from_len;
    }
    strcat(result, text);
    return result;
}
