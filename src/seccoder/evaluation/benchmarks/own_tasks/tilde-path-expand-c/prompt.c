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
