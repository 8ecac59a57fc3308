// vulnerable: eight characters or more leave the copy without its end
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    char code[8];
    if (argc != 2) return 2;
    strncpy(code, argv[1], sizeof code);
    printf("%zu characters\n", strlen(code));
    return 0;
}
