// vulnerable: the word points into the block that realloc moved
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    const char *text = argc > 1 ? argv[1] : "hello world";
    char *buffer = malloc(strlen(text) + 1);
    if (buffer == NULL) return 1;
    strcpy(buffer, text);
    char *word = buffer;
    char *bigger = realloc(buffer, 100000);
    if (bigger == NULL) {
        free(buffer);
        return 1;
    }
    printf("%c\n", word[0]);
    free(bigger);
    return 0;
}
