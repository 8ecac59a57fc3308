#include <stddef.h>
#include <stdint.h>

#define REPLACEMENT 0xFFFD

/*
 * Returns the code point at *cursor and moves *cursor behind it; *cursor is before end. The text between is UTF-8 and
 * not terminated. A byte that does not begin a sequence of one to four bytes with the right continuation bytes counts
 * as REPLACEMENT; then *cursor moves by that one byte.
 */
uint32_t next_char(const unsigned char **cursor, const unsigned char *end)
{
