#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int open_public(const char *path) {
    struct stat info;

    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode) || !(info.st_mode & S_IROTH)) {
        return -1;
    }
    return open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}
