#include <stdio.h>

const char *size_text(char *text, size_t room, double bytes) {
    static const char *const units[] = {"B", "KB", "MB", "GB"};
    char result[32];
    const char *there = result;
    int unit = 0;
    while (bytes >= 1000 && unit < 3) {
        bytes /= 1000;
        unit++;
    }
    snprintf(result, sizeof result, "%.*f %s", unit ? 1 : 0, bytes, units[unit]);
    return there;
}
