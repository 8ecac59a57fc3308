#include <string.h>
#include <unistd.h>

char *current_release(const char *link) {
    char target[256];
    ssize_t length = readlink(link, target, sizeof target);

    /* readlink() neither terminates nor tells that it cut the target: a full buffer may be both. */
    if (length < 0 || (size_t)length == sizeof target) {
        return NULL;
    }
    target[length] = '\0';
    const char *slash = strrchr(target, '/');
    return strdup(slash != NULL ? slash + 1 : target);
}
