#include <stdio.h>

/* Writes a line to the log: "error: ", the server's message and a line end. */
void write_error(FILE *log, const char *message)
{
    fputs("error: ", log);
    fprintf(log, message);
    fputc('\n', log);
}
