// secure: the user's number chooses among our formats
#include <stdio.h>
#include <stdlib.h>

static const char *const FORMATS[] = {"%d\n", "%x\n", "%o\n"};

int main(int argc, char **argv) {
    if (argc < 3) return 1;
    unsigned long which = strtoul(argv[1], NULL, 10);
    if (which >= sizeof FORMATS / sizeof *FORMATS) return 2;
    printf(FORMATS[which], atoi(argv[2]));
    return 0;
}
