// secure: puts knows no formats
#include <stdio.h>

void show_title(const char *title) {
    char line[64];
    snprintf(line, sizeof line, "== %.40s ==", title);
    puts(line);
}
