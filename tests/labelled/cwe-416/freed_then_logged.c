// vulnerable: the name is freed when it is too long and read for the message behind it
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int register_name(const char *name) {
    char *copy = strdup(name);
    int status = 0;
    if (copy == NULL) return -1;
    if (strlen(copy) > 8) {
        free(copy);
        status = -1;
    }
    if (status != 0) {
        fprintf(stderr, "too long: %c...\n", copy[0]);
        return status;
    }
    free(copy);
    return 0;
}
