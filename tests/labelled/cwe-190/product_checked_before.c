// secure: divided before it is multiplied
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    long width = argc > 1 ? strtol(argv[1], NULL, 10) : 4;
    long height = argc > 2 ? strtol(argv[2], NULL, 10) : 3;
    if (width <= 0 || height <= 0 || width > INT_MAX || height > INT_MAX / width) {
        fputs("bad size\n", stderr);
        return 1;
    }
    int area = (int)width * (int)height;
    printf("%d\n", area);
    return 0;
}
