#include <stdio.h>
#include <string.h>

char *station_label(const char *name, double latitude, double longitude) {
    char label[200];
    char *made = label;
    snprintf(label, sizeof label, "%s (%.2f %c, %.2f %c)", name, latitude < 0 ? -latitude : latitude,
             latitude < 0 ? 'S' : 'N', longitude < 0 ? -longitude : longitude, longitude < 0 ? 'W' : 'E');
    return made;
}
