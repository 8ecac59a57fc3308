// vulnerable: dst[sizeof dst] is one past the end
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    char name[24];
    if (argc < 2) return 1;
    strncpy(name, argv[1], sizeof name);
    name[sizeof name] = '\0';
    printf("hello %s\n", name);
    return 0;
}
