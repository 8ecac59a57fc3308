#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int open_static(const char *root, const char *requested) {
    char base[PATH_MAX], joined[PATH_MAX * 2], resolved[PATH_MAX];

    if (realpath(root, base) == NULL) {
        return -1;
    }
    int length = snprintf(joined, sizeof joined, "%s/%s", base, requested);
    if (length < 0 || (size_t)length >= sizeof joined || realpath(joined, resolved) == NULL) {
        return -1;
    }
    if (strncmp(resolved, base, strlen(base)) != 0) {
        return -1;
    }
    return open(resolved, O_RDONLY | O_CLOEXEC);
}
