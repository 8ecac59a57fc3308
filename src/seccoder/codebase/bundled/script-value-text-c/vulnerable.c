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
    if (value->kind == NUMBER)
        return snprintf(text, size, "%g", value->number);
    return snprintf(text, size, "%s", value->string);
}
