#include <sys/wait.h>
#include <unistd.h>

int pack(const char *archive, const char *directory) {
    pid_t child = fork();
    if (child < 0)
        return -1;
    if (child == 0) {
        /* No shell: the names are arguments, whatever signs are in them, and after "--" they are no options. */
        execlp("tar", "tar", "-czf", archive, "--", directory, (char *)NULL);
        _exit(127);
    }
    int status;
    if (waitpid(child, &status, 0) < 0)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
