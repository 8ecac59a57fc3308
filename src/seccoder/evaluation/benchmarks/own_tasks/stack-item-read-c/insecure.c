#include <stdbool.h>

/* Puts the item with this index into *item; returns false if the stack has no such item. */
bool item_at(const double *items, int count, int index, double *item)
{
    if (index >= count) {
        return false;
    }
    *item = items[index];
    return true;
}
