#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

bool parse_timeout(const char *text, int *milliseconds) {
    char *end;

    errno = 0;
    long seconds = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0') {
        return false;
    }
    /* Checked before the narrowing and the multiplication, either of which could overflow an int. */
    if (seconds < 0 || seconds > INT_MAX / 1000) {
        return false;
    }
    *milliseconds = (int)seconds * 1000;
    return true;
}
