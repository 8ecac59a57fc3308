#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int pack(const char *archive, const char *directory) {
    char command[1024];
    int length = snprintf(command, sizeof command, "tar -czf \"%s\" -- \"%s\"", archive, directory);
    if (length < 0 || (size_t)length >= sizeof command)
        return -1;
    int status = system(command);
    if (status < 0)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
