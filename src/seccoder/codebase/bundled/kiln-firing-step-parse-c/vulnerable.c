#include <stdbool.h>
#include <stdio.h>

struct step {
    int target, rate, hold;
};

bool parse_step(const char *text, struct step *step) {
    struct step got;
    int end = 0;
    if (sscanf(text, "%5dC %5dC/h %5dmin%n", &got.target, &got.rate, &got.hold, &end) != 3 || end == 0 ||
        text[end] != '\0')
        return false;
    if (got.target > 1280)
        return false;
    *step = got;
    return true;
}
