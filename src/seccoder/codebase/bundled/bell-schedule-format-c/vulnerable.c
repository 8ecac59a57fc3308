#include <stdio.h>
#include <string.h>

int display_text(char *out, size_t size, const char *text, const char *time, const char *room) {
    char format[1024];
    size_t length = 0;
    const char *first = time, *second = room;
    for (; *text != '\0' && length < sizeof format - 8; text++) {
        format[length++] = *text;
        if (text[0] == '%' && (text[1] == 't' || text[1] == 'r')) {
            length += (size_t)sprintf(format + length, "%d$s", *++text == 't' ? 1 : 2);
        } else if (text[0] == '%' && text[1] == '%') {
            format[length++] = *++text;
        }
    }
    format[length] = '\0';
    int needed = snprintf(out, size, format, first, second);
    return needed < 0 || (size_t)needed >= size ? -1 : needed;
}
