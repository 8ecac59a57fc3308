#include <stdio.h>

FILE *open_mailbox(const char *spool, const char *user) {
    char path[256];
    /* What does not fit is not a shorter path but an error. */
    int length = snprintf(path, sizeof path, "%s/%s.mbox", spool, user);
    if (length < 0 || length >= (int)sizeof path)
        return NULL;
    return fopen(path, "rb");
}
