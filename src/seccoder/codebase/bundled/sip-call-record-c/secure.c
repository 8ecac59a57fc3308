#include <ctype.h>
#include <stdio.h>

static void put_field(FILE *record, const char *text) {
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        /* A line break or tab of the caller's must not become one of the record's. */
        if (iscntrl(c) || c == '\\')
            fprintf(record, "\\x%02x", c);
        else
            fputc(c, record);
    }
}

int record_call(FILE *record, const char *caller, const char *called, unsigned int seconds) {
    put_field(record, caller);
    fputc('\t', record);
    put_field(record, called);
    fprintf(record, "\t%u\n", seconds);
    return ferror(record) ? -1 : 0;
}
