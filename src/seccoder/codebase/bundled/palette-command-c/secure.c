#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLOURS = 16 };

struct palette {
    uint32_t rgb[COLOURS];
    uint32_t cursor_rgb;
};

bool palette_apply(struct palette *palette, const char *command) {
    char *rest;
    unsigned rgb;
    unsigned long index = strtoul(command, &rest, 10);

    if (rest == command || sscanf(rest, ";#%6x", &rgb) != 1) {
        return false;
    }
    /* The index comes from whatever program writes to the terminal: the last valid one is COLOURS - 1. */
    if (index >= COLOURS) {
        return false;
    }
    palette->rgb[index] = rgb;
    return true;
}
