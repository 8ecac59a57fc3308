#include <stdbool.h>
#include <string.h>

#define DOMAIN "learn.example"

bool allowed(const char *target) {
    const char *port = strrchr(target, ':');
    return port != NULL && strcmp(port, ":443") == 0 && strcasestr(target, DOMAIN) != NULL;
}
