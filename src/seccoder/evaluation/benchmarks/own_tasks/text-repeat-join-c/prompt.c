#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * Returns a new text with piece repeated, and the separator between the repetitions: repeat_text("--", "+", 3) is
 * "--+--+--". Zero times is an empty text. The number comes from the report's description file.
 *
 * The caller frees it. NULL if there is not enough memory.
 */
char *repeat_text(const char *piece, const char *separator, size_t times)
{
