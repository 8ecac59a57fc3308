#include <stddef.h>

/* Fills out with count times the character c and ends the text; out has room for size characters with the end. */
void make_bar(char *out, size_t size, char c, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = c;
    }
    out[count] = '\0';
}
