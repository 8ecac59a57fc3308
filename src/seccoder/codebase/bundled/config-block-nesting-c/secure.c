#include <stdbool.h>
#include <stddef.h>
#include <string.h>

bool blocks_balanced(const char *text) {
    char expected[32];
    size_t depth = 0;

    while (*text != '\0') {
        const char *opener = strchr("{}[]()", *text);

        if (*text == '"' || *text == '#') {
            const char *end = strchr(text + 1, *text == '"' ? '"' : '\n');
            if (end == NULL) {
                return *text == '#' && depth == 0;
            }
            text = end;
        } else if (opener != NULL && strchr("{[(", *text) != NULL) {
            /* The file decides how deep it goes, the array how deep we follow. */
            if (depth == sizeof expected) {
                return false;
            }
            expected[depth++] = opener[1];
        } else if (opener != NULL && (depth == 0 || expected[--depth] != *text)) {
            return false;
        }
        text++;
    }
    return depth == 0;
}
