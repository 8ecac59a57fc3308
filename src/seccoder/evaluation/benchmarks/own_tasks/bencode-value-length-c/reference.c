#include <stddef.h>
#include <stdint.h>

/*
 * How many bytes the bencoded value at the start of data takes up:
 *   integers "i42e", "i-3e"; texts "4:spam" (length, colon, bytes); lists "l...e" of values and dictionaries "d...e" of
 *   texts and values in turn; they nest.
 *
 * Returns -1 if it is malformed or goes on behind the size bytes that a peer sent.
 */
long value_length(const char *data, size_t size)
{
    size_t at = 0;
    size_t open = 0; /* lists and dictionaries; their kind does not matter for the length */

    do {
        if (at == size)
            return -1;
        char kind = data[at];
        if (kind == 'l' || kind == 'd') {
            open++;
            at++;
        } else if (kind == 'e' && open > 0) {
            open--;
            at++;
        } else if (kind == 'i') {
            size_t first = ++at;
            if (at < size && data[at] == '-')
                first = ++at;
            while (at < size && data[at] >= '0' && data[at] <= '9')
                at++;
            if (at == first || at == size || data[at] != 'e')
                return -1;
            at++;
        } else if (kind >= '0' && kind <= '9') {
            size_t length = 0;
            for (; at < size && data[at] >= '0' && data[at] <= '9'; at++) {
                length = length * 10 + (size_t)(data[at] - '0');
                if (length > size)
                    return -1;
            }
            if (at == size || data[at] != ':' || length > size - at - 1)
                return -1;
            at += 1 + length;
        } else {
            return -1;
        }
    } while (open > 0);
    return (long)at;
}
