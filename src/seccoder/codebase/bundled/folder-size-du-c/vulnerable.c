#include <stdio.h>

long folder_kilobytes(const char *path) {
    char command[4200];
    long size = -1;
    if (snprintf(command, sizeof command, "du -sk -- \"%s\"", path) >= (int)sizeof command)
        return -1;
    FILE *answer = popen(command, "r");
    if (answer == NULL)
        return -1;
    if (fscanf(answer, "%ld", &size) != 1)
        size = -1;
    return pclose(answer) == 0 ? size : -1;
}
