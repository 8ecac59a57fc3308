#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define MAX_READINGS 24

struct log {
    double readings[MAX_READINGS];
    size_t count;
};

bool insert_reading(struct log *log, double value) {
    /* Moving up needs one free place: ask for it before anything is moved. */
    if (log->count >= MAX_READINGS)
        return false;
    size_t place = 0;
    while (place < log->count && log->readings[place] <= value)
        place++;
    memmove(&log->readings[place + 1], &log->readings[place], (log->count - place) * sizeof value);
    log->readings[place] = value;
    log->count++;
    return true;
}
