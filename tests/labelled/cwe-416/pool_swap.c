// secure: the slot is replaced before the old block goes
#include <stdlib.h>
#include <string.h>

static char *slots[4];

int store(unsigned slot, const char *text) {
    if (slot >= 4) return -1;
    char *fresh = malloc(strlen(text) + 1);
    if (fresh == NULL) return -1;
    strcpy(fresh, text);
    char *old = slots[slot];
    slots[slot] = fresh;
    free(old);
    return (int)strlen(slots[slot]);
}
