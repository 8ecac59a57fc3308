#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define DOMAIN "learn.example"

bool allowed(const char *target) {
    const char *port = strrchr(target, ':');
    if (port == NULL || strcmp(port, ":443") != 0)
        return false;
    size_t length = (size_t)(port - target), domain = strlen(DOMAIN);
    if (length < domain || strspn(target, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") != length)
        return false;
    /* The domain at the very end, and a dot or nothing before it: mylearn.example is somebody else's. */
    const char *end = target + length - domain;
    return strncasecmp(end, DOMAIN, domain) == 0 && (end == target || end[-1] == '.');
}
