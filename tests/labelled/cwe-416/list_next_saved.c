// secure: the next node is remembered before this one goes
#include <stdio.h>
#include <stdlib.h>

struct item {
    int number;
    struct item *next;
};

static void release(struct item *item) {
    while (item != NULL) {
        struct item *next = item->next;
        free(item);
        item = next;
    }
}

int main(void) {
    struct item *first = NULL;
    int number;
    while (scanf("%d", &number) == 1) {
        struct item *item = calloc(1, sizeof *item);
        if (item == NULL) break;
        item->number = number;
        item->next = first;
        first = item;
    }
    printf("%d\n", first != NULL ? first->number : 0);
    release(first);
    return 0;
}
