// vulnerable: the product wraps in 32 bits and the block is too small
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct point {
    int x, y, z, w;
};

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    uint32_t count = (uint32_t)strtoul(argv[1], NULL, 10);
    uint32_t bytes = count * (uint32_t)sizeof(struct point);
    struct point *points = malloc(bytes);
    if (points == NULL) return 1;
    for (uint32_t i = 0; i < count && i < 1000; i++) points[i].x = (int)i;
    printf("%u\n", bytes);
    free(points);
    return 0;
}
