#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Returns width * height fields, all of them 0, or NULL if there is not enough memory. */
int *new_board(size_t width, size_t height)
{
    int *board = malloc(width * height * sizeof(int));
    if (board == NULL) {
        return NULL;
    }
    memset(board, 0, width * height * sizeof(int));
    return board;
}
