#include <stdlib.h>
#include <string.h>

char *search_field(const char *words) {
    static const char head[] = "<input name=\"q\" value=\"", tail[] = "\">";
    char *field = malloc(sizeof head + strlen(words) + sizeof tail), *end = field;
    if (field == NULL)
        return NULL;
    end = stpcpy(end, head);
    end = stpcpy(end, words);
    strcpy(end, tail);
    return field;
}
