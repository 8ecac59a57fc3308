#include <string.h>

/* Returns the extension of a file name, such as "txt" of "notes.txt", as a text. */
const char *extension(const char *name)
{
