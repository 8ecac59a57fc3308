#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>

extern char **environ;

int compress_log(const char *path) {
    /* An argument list goes through no shell, and after "--" a name like "-d" is still only a name. */
    char *const arguments[] = {"gzip", "-f", "--", (char *)path, NULL};
    pid_t gzip;
    int status;

    if (posix_spawnp(&gzip, arguments[0], NULL, NULL, arguments, environ) != 0) {
        return -1;
    }
    if (waitpid(gzip, &status, 0) != gzip) {
        return -1;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}
