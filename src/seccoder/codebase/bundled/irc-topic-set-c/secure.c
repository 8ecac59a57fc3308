#include <ctype.h>
#include <stdio.h>

#define MAX_LINE 512

int topic_line(char line[MAX_LINE + 1], const char *text) {
    /* A line break would end this command and begin one of the member's own. */
    for (const char *at = text; *at != '\0'; at++)
        if (iscntrl((unsigned char)*at))
            return -1;
    int length = snprintf(line, MAX_LINE + 1, "TOPIC #chess :%s\r\n", text);
    return length > MAX_LINE ? -1 : length;
}
