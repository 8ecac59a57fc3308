#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Returns width * height fields, all of them 0, or NULL if there is not enough memory. */
int *new_board(size_t width, size_t height)
{
    if (height != 0 && width > SIZE_MAX / height)
        return NULL;
    return calloc(width * height, sizeof(int));
}
