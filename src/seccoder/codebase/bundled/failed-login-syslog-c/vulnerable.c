#include <stdbool.h>
#include <stdio.h>
#include <syslog.h>

void report_failed_login(const char *user, const char *address, bool foreground) {
    char message[256];

    snprintf(message, sizeof message, "login failed for %s from %s", user, address);
    syslog(LOG_AUTH | LOG_WARNING, message);
    if (foreground) {
        fprintf(stderr, "%s\n", message);
    }
}
