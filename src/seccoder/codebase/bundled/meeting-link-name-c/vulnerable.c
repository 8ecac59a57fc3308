#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { NAME_LENGTH = 22 };

bool meeting_name(char name[NAME_LENGTH + 1]) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    static bool seeded;

    if (!seeded) {
        srand((unsigned)time(NULL) ^ (unsigned)getpid());
        seeded = true;
    }
    for (size_t i = 0; i < NAME_LENGTH; i++) {
        name[i] = letters[rand() % 64];
    }
    name[NAME_LENGTH] = '\0';
    return true;
}
