#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

FILE *report_spool(const char *directory, char *path, size_t size) {
    int length = snprintf(path, size, "%s/report-XXXXXX", directory);

    if (length < 0 || (size_t)length >= size) {
        return NULL;
    }
    /* Unpredictable name, created with O_EXCL and mode 0600: a file or link planted there is never opened. */
    int file = mkstemp(path);
    if (file < 0) {
        return NULL;
    }
    FILE *spool = fdopen(file, "w");
    if (spool == NULL) {
        close(file);
        unlink(path);
    }
    return spool;
}
