// secure: set to NULL after it was freed, and free(NULL) does nothing
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int count_words(const char *text) {
    char *copy = malloc(strlen(text) + 1);
    int words = 0;
    if (copy == NULL) return -1;
    strcpy(copy, text);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) words++;
    if (words == 0) {
        free(copy);
        copy = NULL;
    }
    free(copy);
    return words;
}
