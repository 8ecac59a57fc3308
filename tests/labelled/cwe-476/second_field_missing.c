// vulnerable: a line without a comma has no second field
#include <stdio.h>
#include <string.h>

int main(void) {
    char line[128];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *key = strtok(line, ",\n");
        char *value = strtok(NULL, ",\n");
        if (key == NULL) continue;
        printf("%s has %zu\n", key, strlen(value));
    }
    return 0;
}
