// secure: an unset variable is replaced before it is read
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    const char *mode = getenv("APP_MODE");
    if (mode == NULL) mode = "normal";
    int verbose = mode[0] == 'v';
    printf("%d\n", verbose);
    return 0;
}
