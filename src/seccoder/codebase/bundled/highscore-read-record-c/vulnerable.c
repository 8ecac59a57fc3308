#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct score {
    char name[16];
    uint32_t points;
};

bool read_score(FILE *file, long position, struct score *score) {
    if (position < 0)
        return false;
    fseek(file, position * (long)sizeof *score, SEEK_SET);
    fread(score, sizeof *score, 1, file);
    score->name[sizeof score->name - 1] = '\0';
    return true;
}
