// vulnerable: the file says how many readings follow, the array does not
#include <stdio.h>

struct readings {
    int count;
    double value[16];
};

int readings_load(struct readings *readings, FILE *in) {
    if (fscanf(in, "%d", &readings->count) != 1) return -1;
    for (int i = 0; i < readings->count; i++) {
        if (fscanf(in, "%lf", &readings->value[i]) != 1) return -1;
    }
    return readings->count;
}
