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
    const char *on = bold ? "\033[1m" : "";
    const char *off = bold ? "\033[0m" : "";
    int printed = fprintf(out, "[%02d:%02d] <%s%s%s> %s\n", message->hour, message->minute, on, message->nick, off,
                          message->text);

    return printed < 0 ? -1 : 0;
}
