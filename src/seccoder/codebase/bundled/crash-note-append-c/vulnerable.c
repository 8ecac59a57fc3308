#include <limits.h>
#include <stdio.h>

int append_crash_note(const char *folder, const char *note) {
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/crash.log", folder);

    if (length < 0 || (size_t)length >= sizeof path) {
        return -1;
    }
    FILE *file = fopen(path, "a");
    if (file == NULL) {
        return -1;
    }
    int result = fprintf(file, "%s\n", note) < 0 ? -1 : 0;
    return fclose(file) == 0 ? result : -1;
}
