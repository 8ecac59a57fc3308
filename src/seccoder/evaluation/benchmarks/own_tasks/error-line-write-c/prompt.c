#include <stdio.h>

/* Writes a line to the log: "error: ", the server's message and a line end. */
void write_error(FILE *log, const char *message)
{
