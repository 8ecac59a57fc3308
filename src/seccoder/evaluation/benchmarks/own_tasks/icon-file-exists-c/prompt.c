#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Tells whether there is a file icons/NAME.png for a program's name. */
bool has_icon(const char *name)
{
    char path[64];
