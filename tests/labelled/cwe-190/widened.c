// secure: multiplied in 64 bits and narrowed after the check
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int32_t price = (int32_t)strtol(argv[1], NULL, 10);
    int64_t total = (int64_t)price * 12;
    if (total > INT32_MAX || total < INT32_MIN) {
        puts("too much");
        return 1;
    }
    printf("%d\n", (int32_t)total);
    return 0;
}
