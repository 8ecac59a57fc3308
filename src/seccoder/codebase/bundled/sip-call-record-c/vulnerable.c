#include <stdio.h>

int record_call(FILE *record, const char *caller, const char *called, unsigned int seconds) {
    fprintf(record, "%s\t%s\t%u\n", caller, called, seconds);
    return ferror(record) ? -1 : 0;
}
