// vulnerable: column and row are checked against each other's limit
#include <stdio.h>
#include <stdlib.h>

#define ROWS 4
#define COLS 9

int main(int argc, char **argv) {
    int grid[ROWS][COLS] = {{0}};
    if (argc < 3) return 1;
    int row = atoi(argv[1]), col = atoi(argv[2]);
    if (row < 0 || row >= COLS || col < 0 || col >= ROWS) return 1;
    grid[row][col] = 1;
    printf("%d\n", grid[0][0]);
    return 0;
}
