#define _GNU_SOURCE
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct message {
    int hour;
    int minute;
    const char *nick; /* as the sender's client gave it */
    const char *text;
};

/*
 * Prints a message as a line: "[12:05] <ann> Hello!". With bold, the nickname stands between "\033[1m" and "\033[0m",
 * inside the angle brackets. Returns 0, or -1 if it could not be printed.
 */
int print_message(FILE *out, const struct message *message, bool bold)
{
    char *nick, *line;

    if (asprintf(&nick, bold ? "\033[1m%s\033[0m" : "%s", message->nick) < 0)
        return -1;
    if (asprintf(&line, "[%02d:%02d] <%s> %s\n", message->hour, message->minute, nick, message->text) < 0) {
        free(nick);
        return -1;
    }
    int result = fprintf(out, line);
    free(line);
    free(nick);
    return result < 0 ? -1 : 0;
}
