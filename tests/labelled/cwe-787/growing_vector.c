// secure: the vector grows before it is written to
#include <stdio.h>
#include <stdlib.h>

struct vector {
    long *data;
    size_t length, capacity;
};

static int push(struct vector *v, long value) {
    if (v->length == v->capacity) {
        size_t bigger = v->capacity ? v->capacity * 2 : 4;
        long *moved = realloc(v->data, bigger * sizeof *moved);
        if (moved == NULL) return -1;
        v->data = moved;
        v->capacity = bigger;
    }
    v->data[v->length++] = value;
    return 0;
}

int main(int argc, char **argv) {
    struct vector v = {NULL, 0, 0};
    for (int i = 1; i < argc; i++)
        if (push(&v, strtol(argv[i], NULL, 10)) != 0) break;
    printf("%zu\n", v.length);
    free(v.data);
    return 0;
}
