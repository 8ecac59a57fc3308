#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int open_public(const char *path) {
    struct stat info;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

    if (file < 0) {
        return -1;
    }
    /* fstat describes the very file that was opened, even if the name has come to mean another since. */
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode) || !(info.st_mode & S_IROTH)) {
        close(file);
        return -1;
    }
    return file;
}
