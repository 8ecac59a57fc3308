#include <stdint.h>
#include <string.h>

enum { DNS_MAX_LABEL = 63 };

size_t dns_encode_name(const char *host, uint8_t *out, size_t size) {
    size_t used = 0;

    if (size == 0) {
        return 0;
    }
    while (*host != '\0') {
        size_t length = strcspn(host, ".");

        if (length == 0 || length > DNS_MAX_LABEL) {
            return 0;
        }
        /* A label also needs its length byte, and one byte must stay free for the root label at the end. */
        if (size - used < length + 2) {
            return 0;
        }
        out[used++] = (uint8_t)length;
        memcpy(out + used, host, length);
        used += length;
        host += length;
        if (*host == '.') {
            host++;
        }
    }
    out[used++] = 0;
    return used;
}
