// secure: one place frees, whatever happened before
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int join(const char *first, const char *second) {
    int result = -1;
    char *buffer = NULL;
    size_t need = strlen(first) + strlen(second) + 2;
    buffer = malloc(need);
    if (buffer == NULL) goto done;
    snprintf(buffer, need, "%s %s", first, second);
    if (strchr(buffer, '\n') != NULL) goto done;
    puts(buffer);
    result = 0;
done:
    free(buffer);
    return result;
}
