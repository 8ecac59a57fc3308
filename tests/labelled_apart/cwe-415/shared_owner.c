// vulnerable: both list entries own the same text
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    char *text;
};

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    struct entry pair[2];
    pair[0].text = malloc(strlen(argv[1]) + 1);
    if (pair[0].text == NULL) return 1;
    strcpy(pair[0].text, argv[1]);
    pair[1] = pair[0];
    for (int i = 0; i < 2; i++) printf("%s\n", pair[i].text);
    for (int i = 0; i < 2; i++) free(pair[i].text);
    return 0;
}
