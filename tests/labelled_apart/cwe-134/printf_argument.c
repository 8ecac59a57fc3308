// vulnerable: the argument is the format
#include <stdio.h>

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    printf(argv[1]);
    putchar('\n');
    return 0;
}
