// secure: the compiler's builtin says whether it fits
#include <stdbool.h>

bool add_checked(int a, int b, int *out) {
    return !__builtin_add_overflow(a, b, out);
}
