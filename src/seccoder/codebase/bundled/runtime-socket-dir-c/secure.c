#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int open_runtime_dir(const char *path) {
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        return -1;
    }
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0) {
        return -1;
    }
    struct stat status;
    /* Somebody may have made it before us, in /tmp anybody can: it has to be ours and closed to all others. */
    if (fstat(directory, &status) != 0 || status.st_uid != geteuid() || (status.st_mode & 0077) != 0) {
        close(directory);
        return -1;
    }
    return directory;
}
