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
    const char *home = "";

    if (path[0] == '~' && (path[1] == '/' || path[1] == '\0')) {
        home = getenv("HOME"); /* cron and containers may not set it */
        if (home == NULL)
            return NULL;
        path++;
    }
    size_t length = strlen(home);
    char *expanded = malloc(length + strlen(path) + 1);
    if (expanded == NULL)
        return NULL;
    memcpy(expanded, home, length);
    strcpy(expanded + length, path);
    return expanded;
}
