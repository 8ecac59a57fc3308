#include <stdio.h>
#include <string.h>

/* Writes "Welcome, NAME!" into out, which has room for size characters with the end; what does not fit is left out. */
void greet(char *out, size_t size, const char *name)
{
    sprintf(out, "Welcome, %s!", name);
}
