#include <string.h>

/* Copies length bytes of data into out and returns 0; returns -1 if they do not fit into its room bytes. */
int copy_chunk(char *out, int room, const char *data, int length)
{
    if (length > room) {
        return -1;
    }
    memcpy(out, data, length);
    return 0;
}
