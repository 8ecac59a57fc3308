#include <string.h>
#include <unistd.h>

char *current_release(const char *link) {
    char target[256] = {0};

    if (readlink(link, target, sizeof target) < 0) {
        return NULL;
    }
    const char *slash = strrchr(target, '/');
    return strdup(slash != NULL ? slash + 1 : target);
}
