#include <stdlib.h>
#include <string.h>

struct run {
    char *name;
    long metres;
};

void free_run(struct run *run) {
    if (run != NULL)
        free(run->name);
    free(run);
}

struct run *parse_run(const char *line) {
    const char *mark = strchr(line, ';');
    struct run *run = mark == NULL ? NULL : calloc(1, sizeof *run);
    char *end = NULL;
    if (run == NULL)
        return NULL;
    run->name = strndup(line, (size_t)(mark - line));
    run->metres = strtol(mark + 1, &end, 10);
    if (run->name == NULL || end == mark + 1 || *end != '\0' || run->metres < 1 || run->metres > 100000) {
        /* All that was made, in one place and once. */
        free_run(run);
        return NULL;
    }
    return run;
}
