#include <stdint.h>

/* Returns the size in bytes of a file that has so many blocks of 4096 bytes. */
int64_t size_in_bytes(int blocks)
{
