#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>

char *station_label(const char *name, double latitude, double longitude) {
    char *label;
    /* Memory that is still there when this function is not: the caller frees it. */
    if (asprintf(&label, "%s (%.2f %c, %.2f %c)", name, latitude < 0 ? -latitude : latitude, latitude < 0 ? 'S' : 'N',
                 longitude < 0 ? -longitude : longitude, longitude < 0 ? 'W' : 'E') < 0)
        return NULL;
    return label;
}
