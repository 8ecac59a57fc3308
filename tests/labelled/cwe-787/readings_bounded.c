// secure: no more readings than there is room for
#include <stdio.h>

struct readings {
    int count;
    double value[16];
};

int readings_load(struct readings *readings, FILE *in) {
    int count;
    if (fscanf(in, "%d", &count) != 1 || count < 0 || count > 16) return -1;
    for (readings->count = 0; readings->count < count; readings->count++) {
        if (fscanf(in, "%lf", &readings->value[readings->count]) != 1) return -1;
    }
    return count;
}
