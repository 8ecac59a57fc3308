// vulnerable: formatted once with care, then used as a format itself
#include <stdio.h>

void warn_user(const char *name) {
    char line[128];
    snprintf(line, sizeof line, "no such file: %s\n", name);
    fprintf(stderr, line);
}
