#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Tells whether there is a file icons/NAME.png for a program's name. */
bool has_icon(const char *name)
{
    char path[64];
    if (snprintf(path, sizeof(path), "icons/%s.png", name) >= (int)sizeof(path))
        return false;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    fclose(file);
    return true;
}
