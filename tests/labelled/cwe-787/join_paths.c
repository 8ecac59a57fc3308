// vulnerable: the separator between the parts is not counted
#include <stdlib.h>
#include <string.h>

char *join(const char *folder, const char *name) {
    size_t folder_size = strlen(folder), name_size = strlen(name);
    char *path = malloc(folder_size + name_size + 1);
    if (path == NULL) return NULL;
    memcpy(path, folder, folder_size);
    path[folder_size] = '/';
    memcpy(path + folder_size + 1, name, name_size + 1);
    return path;
}
