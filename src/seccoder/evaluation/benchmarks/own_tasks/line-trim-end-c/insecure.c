#include <ctype.h>
#include <stddef.h>
#include <string.h>

/*
 * Removes blanks, tabs, carriage returns and newlines from the end of a line as it was read from the configuration
 * file. Returns the length of what remains.
 */
size_t trim_end(char *line)
{
    char *end = line + strlen(line) - 1;

    while (isspace((unsigned char)*end))
        end--;
    end[1] = '\0';
    return (size_t)(end + 1 - line);
}
