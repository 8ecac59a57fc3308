#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

FILE *report_spool(const char *directory, char *path, size_t size) {
    int length = snprintf(path, size, "%s/report-%06d", directory, (int)getpid());

    if (length < 0 || (size_t)length >= size) {
        return NULL;
    }
    return fopen(path, "w");
}
