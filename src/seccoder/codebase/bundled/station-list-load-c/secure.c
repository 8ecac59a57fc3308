#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stations {
    char **names;
    size_t count;
};

void free_stations(struct stations *list) {
    for (size_t i = 0; list && i < list->count; i++)
        free(list->names[i]);
    if (list)
        free(list->names);
    free(list);
}

struct stations *load_stations(FILE *file) {
    char line[256];
    struct stations *list = calloc(1, sizeof *list);
    while (list && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        char **names = realloc(list->names, (list->count + 1) * sizeof *names);
        if (names)
            list->names = names;
        if (strlen(line) > 60 || !names || !(names[list->count] = strdup(line))) {
            /* One way out for every error, and it frees all that was made so far. */
            free_stations(list);
            return NULL;
        }
        list->count++;
    }
    return list;
}
