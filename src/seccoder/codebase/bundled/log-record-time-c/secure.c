#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

bool format_record_time(int64_t seconds, char *text, size_t size) {
    time_t moment = (time_t)seconds;
    struct tm utc;

    /* There are 64-bit times whose year fits no int: gmtime_r() returns NULL for them. */
    if (moment != seconds || gmtime_r(&moment, &utc) == NULL) {
        return false;
    }
    return strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &utc) != 0;
}
