#include <stdio.h>
#include <string.h>

/* Opens the note with this name, a file in the folder "notes"; returns NULL if there is none. */
FILE *open_note(const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "notes/%s", name);
    return fopen(path, "r");
}
