#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Returns a newly allocated text with the team, a colon, a space and its points. */
char *score_line(const char *team, int points)
{
