#include <stdio.h>

FILE *open_mailbox(const char *spool, const char *user) {
    char path[256];
    sprintf(path, "%s/%s.mbox", spool, user);
    return fopen(path, "rb");
}
