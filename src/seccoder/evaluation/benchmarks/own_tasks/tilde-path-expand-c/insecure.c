#include <stdlib.h>
#include <string.h>

/*
 * Returns a new text with the path that the configuration file means: "~" and "~/..." begin at the user's home
 * directory, which HOME tells; every other path is copied as it is, also "~ann/x" and "a/~/b". The caller frees it.
 *
 * NULL if there is no memory or no home directory.
 */
char *expand_path(const char *path)
{
    if (path[0] != '~' || (path[1] != '/' && path[1] != '\0'))
        return strdup(path);

    const char *home = getenv("HOME");
    size_t size = strlen(home) + strlen(path);
    char *expanded = malloc(size);
    if (expanded == NULL)
        return NULL;
    strcpy(expanded, home);
    strcat(expanded, path + 1);
    return expanded;
}
