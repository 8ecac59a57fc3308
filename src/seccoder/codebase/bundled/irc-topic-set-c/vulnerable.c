#include <stdio.h>

#define MAX_LINE 512

int topic_line(char line[MAX_LINE + 1], const char *text) {
    int length = snprintf(line, MAX_LINE + 1, "TOPIC #chess :%s\r\n", text);
    return length > MAX_LINE ? -1 : length;
}
