#include <stdlib.h>
#include <string.h>

struct book {
    char *title; /* from malloc */
    int year;
};

/* Gives the book a copy of the title and releases the former one; returns 0, or -1 if there is no memory. */
int set_title(struct book *book, const char *title)
{
