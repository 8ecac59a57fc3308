// secure: the result of malloc is looked at first
#include <stdio.h>
#include <stdlib.h>

struct matrix {
    int rows;
    double *cells;
};

static struct matrix *matrix_new(int rows) {
    struct matrix *m = malloc(sizeof *m);
    if (m == NULL) return NULL;
    m->rows = rows;
    m->cells = calloc((size_t)rows, sizeof *m->cells);
    if (m->cells == NULL) {
        free(m);
        return NULL;
    }
    return m;
}

int main(void) {
    struct matrix *m = matrix_new(4);
    if (m == NULL) return 1;
    m->cells[0] = 1.5;
    printf("%d %.1f\n", m->rows, m->cells[0]);
    free(m->cells);
    free(m);
    return 0;
}
