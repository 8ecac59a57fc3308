#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Copies a document to <path>.bak with `cp -p`, before the document is saved over. The path is as the user opened it,
 * such as "letters/Ann's offer (final).txt".
 *
 * Returns 0, or -1 if that failed.
 */
int backup_copy(const char *path)
{
    char *copy;

    if (asprintf(&copy, "%s.bak", path) < 0)
        return -1;
    pid_t child = fork();
    if (child == 0) {
        execlp("cp", "cp", "-p", "--", path, copy, (char *)NULL);
        _exit(127);
    }
    int status = -1;
    if (child > 0 && waitpid(child, &status, 0) != child)
        status = -1;
    free(copy);
    return status == 0 ? 0 : -1;
}
