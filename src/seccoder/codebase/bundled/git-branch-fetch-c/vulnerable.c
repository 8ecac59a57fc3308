#include <errno.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

int fetch_branch(const char *branch) {
    if (*branch == '\0') {
        return -1;
    }
    pid_t child = fork();
    if (child == 0) {
        execvp("git", (char *[]){"git", "fetch", "--quiet", "origin", (char *)branch, NULL});
        _exit(127);
    }
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
