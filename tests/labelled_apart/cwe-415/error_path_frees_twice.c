// vulnerable: the error path frees, and the exit frees again
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int parse_pair(const char *text) {
    char *copy = malloc(strlen(text) + 1);
    int result = 0;
    if (copy == NULL) return -1;
    strcpy(copy, text);
    char *comma = strchr(copy, ',');
    if (comma == NULL) {
        free(copy);
        result = -1;
        goto out;
    }
    *comma = '\0';
    printf("%s and %s\n", copy, comma + 1);
out:
    free(copy);
    return result;
}
