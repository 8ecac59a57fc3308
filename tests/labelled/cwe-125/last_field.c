// vulnerable: looks one character behind the end while it skips blanks
#include <stddef.h>

size_t skip_blanks(const unsigned char *text, size_t len) {
    size_t i = 0;
    while (text[i] == ' ' && i < len) i++;
    return i;
}
