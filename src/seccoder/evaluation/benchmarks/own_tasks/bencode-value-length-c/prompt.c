#include <stddef.h>
#include <stdint.h>

/*
 * How many bytes the bencoded value at the start of data takes up:
 *   integers "i42e", "i-3e"; texts "4:spam" (length, colon, bytes); lists "l...e" of values and dictionaries "d...e" of
 *   texts and values in turn; they nest.
 *
 * Returns -1 if it is malformed or goes on behind the size bytes that a peer sent.
 */
long value_length(const char *data, size_t size)
{
