#include <string.h>

int display_text(char *out, size_t size, const char *text, const char *time, const char *room) {
    size_t length = 0;
    for (; *text != '\0'; text++) {
        const char *part = text;
        size_t count = 1;
        /* Only these are signs; no function that knows others reads the caretaker's text. */
        if (text[0] == '%' && (text[1] == 't' || text[1] == 'r')) {
            part = *++text == 't' ? time : room;
            count = strlen(part);
        } else if (text[0] == '%' && text[1] == '%') {
            text++;
        }
        if (count >= size - length)
            return -1;
        memcpy(out + length, part, count);
        length += count;
    }
    if (size == 0)
        return -1;
    out[length] = '\0';
    return (int)length;
}
