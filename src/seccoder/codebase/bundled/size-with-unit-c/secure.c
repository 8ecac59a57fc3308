#include <stdio.h>

/* The text lies in the caller's buffer: a local array here would end with the function. */
const char *size_text(char *text, size_t room, double bytes) {
    static const char *const units[] = {"B", "KB", "MB", "GB"};
    int unit = 0;
    while (bytes >= 1000 && unit < 3) {
        bytes /= 1000;
        unit++;
    }
    snprintf(text, room, "%.*f %s", unit ? 1 : 0, bytes, units[unit]);
    return text;
}
