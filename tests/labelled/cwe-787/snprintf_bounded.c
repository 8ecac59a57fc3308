// secure: snprintf never writes more than it is given
#include <stdio.h>

int main(int argc, char **argv) {
    char line[32];
    int n = snprintf(line, sizeof line, "user=%s", argc > 1 ? argv[1] : "nobody");
    if (n < 0 || (size_t)n >= sizeof line) fputs("truncated\n", stderr);
    puts(line);
    return 0;
}
