#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct entry {
    int day, minute, tenths;
};

/* The number written as digits where the form has '0'; the other characters must be those of the form. */
static bool read_form(const char *text, const char *form, int *number) {
    *number = 0;
    for (; *form != '\0'; text++, form++) {
        if (*form != '0') {
            if (*text != *form)
                return false;
        } else if (*text >= '0' && *text <= '9') {
            *number = *number * 10 + (*text - '0');
        } else {
            return false;
        }
    }
    return true;
}

bool parse_entry(const char *text, struct entry *entry) {
    static const char days[] = "mon tue wed thu fri sat sun ";
    int time, tenths;
    size_t length = strlen(text);

    /* The boiler obeys this: nothing but an exact entry, within the ranges that make sense, gets through. */
    if ((length != 13 && length != 14) || !read_form(text + 3, " 00:00 ", &time) ||
        !read_form(text + 10, length == 14 ? "00.0" : "0.0", &tenths))
        return false;
    const char *day = days;
    while (*day != '\0' && strncmp(day, text, 4) != 0)
        day += 4;
    if (*day == '\0' || time / 100 > 23 || time % 100 > 59 || tenths < 50 || tenths > 300)
        return false;
    *entry = (struct entry){(int)(day - days) / 4, time / 100 * 60 + time % 100, tenths};
    return true;
}
