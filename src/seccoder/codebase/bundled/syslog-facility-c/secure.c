#include <stdlib.h>

static const char *const FACILITIES[] = {
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron",
};
enum { FACILITY_COUNT = sizeof FACILITIES / sizeof FACILITIES[0] };

const char *syslog_facility(const char *message) {
    char *end;

    if (message[0] != '<') {
        return "unknown";
    }
    long priority = strtol(message + 1, &end, 10);
    if (end == message + 1 || *end != '>') {
        return "unknown";
    }
    /* A sender can write <-8> as easily as <9999>: the table is guarded at both ends. */
    if (priority < 0 || priority / 8 >= FACILITY_COUNT) {
        return "unknown";
    }
    return FACILITIES[priority / 8];
}
