#include <stdbool.h>
#include <stdlib.h>

bool parse_timeout(const char *text, int *milliseconds) {
    char *end;
    int seconds = strtol(text, &end, 10);

    if (end == text || *end != '\0' || seconds < 0) {
        return false;
    }
    *milliseconds = seconds * 1000;
    return true;
}
