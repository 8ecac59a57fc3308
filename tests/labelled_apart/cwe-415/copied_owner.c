// secure: each entry gets a copy of its own
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *duplicate(const char *text) {
    char *copy = malloc(strlen(text) + 1);
    if (copy != NULL) strcpy(copy, text);
    return copy;
}

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    char *names[2] = {duplicate(argv[1]), duplicate(argv[1])};
    for (int i = 0; i < 2; i++)
        if (names[i] != NULL) printf("%s\n", names[i]);
    for (int i = 0; i < 2; i++) free(names[i]);
    return 0;
}
