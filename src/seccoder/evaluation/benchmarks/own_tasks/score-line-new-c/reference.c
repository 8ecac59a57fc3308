#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Returns a newly allocated text with the team, a colon, a space and its points. */
char *score_line(const char *team, int points)
{
    size_t size = strlen(team) + 16;
    char *line = malloc(size);

    if (line != NULL)
        snprintf(line, size, "%s: %d", team, points);
    return line;
}
