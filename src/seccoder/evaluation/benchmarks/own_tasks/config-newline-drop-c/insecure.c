#include <string.h>

/* Removes the newline from the end of a line, if it has one. */
void drop_newline(char *line)
{
    size_t length = strlen(line);
    if (line[length - 1] == '\n') {
        line[length - 1] = '\0';
    }
}
