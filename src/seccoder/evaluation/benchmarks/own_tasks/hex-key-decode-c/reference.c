#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Value of a hexadecimal digit, or -1. */
static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/*
 * Decodes a key that was typed in hexadecimal, with or without single colons between its bytes: "de:ad:be:ef",
 * "DEADBEEF". The bytes are written to out, which has room for size of them.
 *
 * Returns how many bytes the key has, or -1 if the text is no such key or the key does not fit.
 */
long decode_key(const char *text, uint8_t *out, size_t size)
{
    size_t count = 0;

    while (*text) {
        int high = hex_value(text[0]);
        int low = high < 0 ? -1 : hex_value(text[1]);

        if (low < 0 || count == size)
            return -1;
        out[count++] = (uint8_t)(high << 4 | low);
        text += 2;
        if (*text == ':' && *++text == '\0')
            return -1; /* a colon at the end */
    }
    return (long)count;
}
