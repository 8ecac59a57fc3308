// vulnerable: the caller still uses what the loser of the comparison freed
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *longer(char *a, char *b) {
    if (strlen(a) >= strlen(b)) {
        free(b);
        return a;
    }
    free(a);
    return b;
}

int main(int argc, char **argv) {
    char *one = strdup(argc > 1 ? argv[1] : "abc");
    char *two = strdup("abcdef");
    if (one == NULL || two == NULL) return 1;
    char *best = longer(one, two);
    printf("%s of %c and %c\n", best, one[0], two[0]);
    free(best);
    return 0;
}
