#define _DEFAULT_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

enum { NAME_LENGTH = 22 };

bool meeting_name(char name[NAME_LENGTH + 1]) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char random[NAME_LENGTH];

    /* The name is all that keeps strangers out: no name at all is better than one that can be foretold. */
    if (getentropy(random, sizeof random) != 0) {
        return false;
    }
    for (size_t i = 0; i < NAME_LENGTH; i++) {
        name[i] = letters[random[i] % 64]; /* 64 divides 256: each letter is equally likely */
    }
    name[NAME_LENGTH] = '\0';
    return true;
}
