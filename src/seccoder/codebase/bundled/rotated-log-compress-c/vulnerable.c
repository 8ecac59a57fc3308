#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int compress_log(const char *path) {
    char command[PATH_MAX + 32];

    if (snprintf(command, sizeof command, "gzip -f -- '%s'", path) >= (int)sizeof command) {
        return -1;
    }
    return system(command) == 0 ? 0 : -1;
}
