#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int fetch_branch(const char *branch) {
    char *source;

    /* Behind "--" and refs/heads/ it is no option, and without a colon it cannot name a local branch to overwrite. */
    if (*branch == '\0' || strchr(branch, ':') != NULL || asprintf(&source, "refs/heads/%s", branch) < 0) {
        return -1;
    }
    pid_t child = fork();
    if (child == 0) {
        execvp("git", (char *[]){"git", "fetch", "--quiet", "--", "origin", source, NULL});
        _exit(127);
    }
    free(source);
    if (child < 0) {
        return -1;
    }
    int status;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}
