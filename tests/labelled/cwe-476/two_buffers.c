// vulnerable: only the first of two allocations is checked
#include <stdlib.h>
#include <string.h>

struct pair {
    char *left, *right;
};

int pair_fill(struct pair *pair, const char *text) {
    size_t size = strlen(text) + 1;
    pair->left = malloc(size);
    pair->right = malloc(size);
    if (pair->left == NULL) return -1;
    memcpy(pair->left, text, size);
    memcpy(pair->right, text, size);
    return 0;
}
