// secure: the length in the message must fit what there is
#include <stddef.h>

struct view {
    const unsigned char *bytes;
    size_t length;
};

int first_field_sum(const struct view *view) {
    int sum = 0;
    if (view == NULL || view->length == 0) return 0;
    size_t n = view->bytes[0];
    if (n > view->length - 1) return -1;
    for (size_t i = 1; i <= n; i++) sum += view->bytes[i];
    return sum;
}
