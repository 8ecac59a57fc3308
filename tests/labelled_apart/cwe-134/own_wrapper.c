// vulnerable: the wrapper takes a format and gets the user's text
#include <stdarg.h>
#include <stdio.h>

static void logf_(const char *format, ...) {
    va_list list;
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
}

void echo_command(const char *command) {
    logf_("running ");
    logf_(command);
    logf_("\n");
}
