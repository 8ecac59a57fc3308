#include <fcntl.h>
#include <string.h>

int create_attachment(int spool, const char *name) {
    size_t length = strlen(name);
    if (length == 0 || length > 200)
        return -1;
    return openat(spool, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}
