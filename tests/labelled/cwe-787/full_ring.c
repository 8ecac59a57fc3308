// vulnerable: count == CAPACITY still passes the test
#include <stdio.h>

#define CAPACITY 8

struct bag {
    int items[CAPACITY];
    int count;
};

static int bag_add(struct bag *bag, int value) {
    if (bag->count > CAPACITY) return -1;
    bag->items[bag->count++] = value;
    return 0;
}

int main(void) {
    struct bag bag = {{0}, 0};
    int value;
    while (scanf("%d", &value) == 1)
        if (bag_add(&bag, value) != 0) break;
    printf("%d\n", bag.count);
    return 0;
}
