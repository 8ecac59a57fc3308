#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct entry {
    int day, minute, tenths;
};

bool parse_entry(const char *text, struct entry *entry) {
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    char day[4];
    int hour, minute, degrees, tenth;

    if (sscanf(text, "%3s %d:%d %d.%d", day, &hour, &minute, &degrees, &tenth) != 5)
        return false;
    for (int i = 0; i < 7; i++) {
        if (strcmp(day, days[i]) == 0) {
            *entry = (struct entry){i, hour * 60 + minute, degrees * 10 + tenth};
            return true;
        }
    }
    return false;
}
