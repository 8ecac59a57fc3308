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
    if (size == 0)
        return -1;
    if (data[0] == 'i') {
        size_t i = 1;
        if (i < size && data[i] == '-')
            i++;
        size_t digits = i;
        while (i < size && data[i] >= '0' && data[i] <= '9')
            i++;
        return i > digits && i < size && data[i] == 'e' ? (long)i + 1 : -1;
    }
    if (data[0] == 'l' || data[0] == 'd') {
        size_t i = 1;
        while (i < size && data[i] != 'e') {
            long length = value_length(data + i, size - i);
            if (length < 0)
                return -1;
            i += (size_t)length;
        }
        return i < size ? (long)i + 1 : -1;
    }
    size_t i = 0, length = 0;
    while (i < size && data[i] >= '0' && data[i] <= '9') {
        length = length * 10 + (size_t)(data[i++] - '0');
        if (length > size)
            return -1;
    }
    if (i == 0 || i == size || data[i] != ':' || length > size - i - 1)
        return -1;
    return (long)(i + 1 + length);
}
