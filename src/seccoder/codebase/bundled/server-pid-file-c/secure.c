#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

bool write_pid_file(const char *path) {
    /* O_EXCL: the kernel creates the file or says that it is there; a link counts as there. */
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0)
        return false;
    bool written = dprintf(file, "%ld\n", (long)getpid()) > 0;
    if (close(file) != 0 || !written) {
        unlink(path);
        return false;
    }
    return true;
}
