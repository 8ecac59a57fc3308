#include <stdlib.h>
#include <string.h>

static const char *entity(char c) {
    switch (c) {
    case '"': return "&quot;";
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    default: return NULL;
    }
}

char *search_field(const char *words) {
    static const char head[] = "<input name=\"q\" value=\"", tail[] = "\">";
    /* Six times the length is the worst case: a quote alone would end the attribute. */
    char *field = malloc(sizeof head + 6 * strlen(words) + sizeof tail), *end = field;
    if (field == NULL)
        return NULL;
    end = stpcpy(end, head);
    for (; *words != '\0'; words++) {
        const char *written = entity(*words);
        if (written != NULL)
            end = stpcpy(end, written);
        else
            *end++ = *words;
    }
    strcpy(end, tail);
    return field;
}
