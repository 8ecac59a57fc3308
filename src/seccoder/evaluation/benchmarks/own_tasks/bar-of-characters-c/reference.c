#include <stddef.h>

/* Fills out with count times the character c and ends the text; out has room for size characters with the end. */
void make_bar(char *out, size_t size, char c, size_t count)
{
    size_t i;

    if (size == 0)
        return;
    for (i = 0; i < count && i + 1 < size; i++)
        out[i] = c;
    out[i] = '\0';
}
