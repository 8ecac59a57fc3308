#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

bool format_record_time(int64_t seconds, char *text, size_t size) {
    time_t moment = (time_t)seconds;
    struct tm *utc = gmtime(&moment);

    return strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", utc) != 0;
}
