#include <fcntl.h>
#include <string.h>

int create_attachment(int spool, const char *name) {
    size_t length = strlen(name);
    /* One component that is no way up or out: no slash anywhere, not only dots, not hidden. */
    if (length == 0 || length > 200 || strchr(name, '/') != NULL || name[0] == '.')
        return -1;
    return openat(spool, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}
