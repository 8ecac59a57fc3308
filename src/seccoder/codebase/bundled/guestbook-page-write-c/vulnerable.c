#include <stdio.h>

void write_entry(FILE *page, const char *name, const char *message) {
    fprintf(page, "<article><h3>%s</h3><p>%s</p></article>\n", name, message);
}
