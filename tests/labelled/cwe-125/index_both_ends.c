// secure: both ends are checked
#include <stdio.h>
#include <stdlib.h>

static int lookup(const int *table, int size, int index) {
    if (index < 0 || index >= size) return -1;
    return table[index];
}

int main(int argc, char **argv) {
    int table[5] = {2, 3, 5, 7, 11};
    if (argc < 2) return 1;
    printf("%d\n", lookup(table, 5, atoi(argv[1])));
    return 0;
}
