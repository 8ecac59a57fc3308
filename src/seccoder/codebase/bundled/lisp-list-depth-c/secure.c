#include <ctype.h>

#define MAX_DEPTH 64

static long words_of_list(const char **at, int depth) {
    long words = 0;
    /* Each level costs stack, and whoever wrote the text chooses the levels. */
    if (depth > MAX_DEPTH || *(*at)++ != '(')
        return -1;
    while (**at != ')') {
        if (**at == '(') {
            long inner = words_of_list(at, depth + 1);
            if (inner < 0)
                return -1;
            words += inner;
        } else if (isalnum((unsigned char)**at)) {
            while (isalnum((unsigned char)**at))
                (*at)++;
            words++;
        } else if (*(*at)++ != ' ') {
            return -1;
        }
    }
    (*at)++;
    return words;
}

long count_words(const char *text) {
    long words = words_of_list(&text, 1);
    return *text == '\0' ? words : -1;
}
