#include <stdio.h>

enum kind { INTEGER, NUMBER, STRING };

struct value {
    enum kind kind;
    union {
        long integer;
        double number;
        const char *string;
    };
};

int print_value(char *text, size_t size, const struct value *value) {
    /* The tag says which member there is; reading another one would turn a number into an address. */
    switch (value->kind) {
    case INTEGER:
        return snprintf(text, size, "%ld", value->integer);
    case NUMBER:
        return snprintf(text, size, "%g", value->number);
    case STRING:
        return snprintf(text, size, "%s", value->string);
    }
    return -1;
}
