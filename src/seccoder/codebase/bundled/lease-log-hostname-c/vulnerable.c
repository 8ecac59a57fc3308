#include <stdio.h>

void log_lease(FILE *log, const unsigned char address[4], const unsigned char *name, size_t length) {
    fprintf(log, "lease %d.%d.%d.%d host ", address[0], address[1], address[2], address[3]);
    if (length > 0) {
        fwrite(name, 1, length, log);
    } else {
        fputc('-', log);
    }
    fputc('\n', log);
}
