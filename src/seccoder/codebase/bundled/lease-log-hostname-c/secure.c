#include <stdio.h>
#include <string.h>

static void write_host(FILE *log, const unsigned char *name, size_t length) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";

    for (size_t i = 0; i < length; i++) {
        /* Any device may send any bytes here: line ends, blanks and escape sequences must not act in the log. */
        if (name[i] != '\0' && strchr(plain, name[i]) != NULL) {
            fputc(name[i], log);
        } else {
            fprintf(log, "\\x%02x", name[i]);
        }
    }
}

void log_lease(FILE *log, const unsigned char address[4], const unsigned char *name, size_t length) {
    fprintf(log, "lease %d.%d.%d.%d host ", address[0], address[1], address[2], address[3]);
    if (length > 0) {
        write_host(log, name, length);
    } else {
        fputc('-', log);
    }
    fputc('\n', log);
}
