// vulnerable: the block is written to before it is looked at
#include <stdio.h>
#include <stdlib.h>

struct config {
    int level;
    char name[16];
};

int main(void) {
    struct config *config = malloc(sizeof *config);
    config->level = 3;
    if (config == NULL) {
        fputs("out of memory\n", stderr);
        return 1;
    }
    printf("%d\n", config->level);
    free(config);
    return 0;
}
