#include <stdint.h>
#include <string.h>

enum { DNS_MAX_LABEL = 63 };

size_t dns_encode_name(const char *host, uint8_t *out, size_t size) {
    size_t used = 0;

    while (*host != '\0') {
        size_t length = strcspn(host, ".");

        if (length == 0 || length > DNS_MAX_LABEL) {
            return 0;
        }
        if (used + length > size) {
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
