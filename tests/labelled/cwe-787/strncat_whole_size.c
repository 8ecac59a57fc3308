// vulnerable: strncat's limit is what may be added, not the size of the buffer
#include <string.h>

void make_greeting(const char *who, char *out) {
    char text[32] = "Dear customer ";
    strncat(text, who, sizeof text);
    strcpy(out, "x");
    memcpy(out, text, 2);
}
