// secure: the last place is always the end
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    char code[8];
    if (argc != 2) return 2;
    strncpy(code, argv[1], sizeof code - 1);
    code[sizeof code - 1] = '\0';
    for (size_t i = 0; code[i] != '\0'; i++) putchar(code[i]);
    putchar('\n');
    return 0;
}
