#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int save_token(const char *path, const char *token) {
    if (unlink(path) != 0 && errno != ENOENT) {
        return -1;
    }
    /* Always a new file, for the owner only: an older one would keep its mode and its open readers. */
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return -1;
    }
    if (dprintf(file, "%s\n", token) < 0) {
        close(file);
        return -1;
    }
    return close(file);
}
