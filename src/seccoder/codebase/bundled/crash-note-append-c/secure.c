#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int append_crash_note(const char *folder, const char *note) {
    int result = -1;
    int directory = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (directory < 0) {
        return -1;
    }
    /* The folder is the user's, so the name may be a link or a pipe by now; and fstat() below finds hard links. */
    int file = openat(directory, "crash.log",
                      O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
    struct stat status;
    if (file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1) {
        result = dprintf(file, "%s\n", note) < 0 ? -1 : 0;
    }
    if (file >= 0) {
        close(file);
    }
    close(directory);
    return result;
}
