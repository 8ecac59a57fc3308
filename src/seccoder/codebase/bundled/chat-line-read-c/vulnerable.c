#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

char *read_line(FILE *stream) {
    size_t capacity = 80, used = 0;
    char *line = malloc(capacity);
    int c;

    if (line == NULL) {
        return NULL;
    }
    while ((c = getc(stream)) != EOF && c != '\n') {
        if (used == capacity) {
            char *grown = capacity <= SIZE_MAX / 2 ? realloc(line, capacity * 2) : NULL;

            if (grown == NULL) {
                free(line);
                return NULL;
            }
            line = grown;
            capacity *= 2;
        }
        line[used++] = (char)c;
    }
    if (c == EOF && used == 0) {
        free(line);
        return NULL;
    }
    line[used] = '\0';
    return line;
}
