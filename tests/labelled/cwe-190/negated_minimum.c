// vulnerable: -INT_MIN does not exist
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    char line[64];
    if (fgets(line, sizeof line, stdin) == NULL) return 1;
    int value = (int)strtol(line, NULL, 10);
    if (value < 0) value = -value;
    printf("%d\n", value);
    return 0;
}
