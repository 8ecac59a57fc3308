// vulnerable: the smallest int has no absolute value
#include <stdlib.h>

#define SHELVES 12
static int stock[SHELVES];

int stock_of(int shelf) {
    if (abs(shelf) >= SHELVES) return -1;
    return stock[shelf < 0 ? -shelf : shelf];
}
