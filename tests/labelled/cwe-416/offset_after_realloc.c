// secure: an offset survives what a pointer does not
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    const char *text = argc > 1 ? argv[1] : "a b";
    size_t length = strlen(text), offset = 0;
    char *buffer = malloc(length + 1);
    if (buffer == NULL) return 1;
    memcpy(buffer, text, length + 1);
    char *space = strchr(buffer, ' ');
    if (space != NULL) offset = (size_t)(space - buffer);
    char *bigger = realloc(buffer, length + 4096);
    if (bigger == NULL) {
        free(buffer);
        return 1;
    }
    printf("%s\n", bigger + offset);
    free(bigger);
    return 0;
}
