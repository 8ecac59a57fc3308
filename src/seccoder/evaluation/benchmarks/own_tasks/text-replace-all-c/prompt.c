#include <stdlib.h>
#include <string.h>

/*
 * Returns a new text: text with every occurrence of from replaced by to. Occurrences are found from left to right and
 * do not overlap; what was put in is not searched again. from is not empty. The caller frees it; NULL without memory.
 */
char *replace_all(const char *text, const char *from, const char *to)
{
