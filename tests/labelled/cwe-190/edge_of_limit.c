// vulnerable: one more than what still fits is let through
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int steps = atoi(argv[1]);
    if (steps > INT_MAX - 2500 + 1) {
        puts("too many");
        return 1;
    }
    printf("%d\n", steps + 2500);
    return 0;
}
