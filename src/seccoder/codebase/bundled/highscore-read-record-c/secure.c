#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct score {
    char name[16];
    uint32_t points;
};

bool read_score(FILE *file, long position, struct score *score) {
    struct score found;
    if (position < 0 || fseek(file, position * (long)sizeof found, SEEK_SET) != 0)
        return false;
    /* A short read is no error to the program until somebody asks. */
    if (fread(&found, sizeof found, 1, file) != 1)
        return false;
    found.name[sizeof found.name - 1] = '\0';
    *score = found;
    return true;
}
