#include <string.h>

/* Removes the newline from the end of a line, if it has one. */
void drop_newline(char *line)
{
    line[strcspn(line, "\n")] = '\0';
}
