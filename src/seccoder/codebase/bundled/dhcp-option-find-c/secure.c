#include <stddef.h>
#include <stdint.h>

enum { DHCP_PAD = 0, DHCP_END = 255 };

const uint8_t *dhcp_find_option(const uint8_t *options, size_t size, uint8_t code, uint8_t *length) {
    size_t at = 0;

    while (at < size && options[at] != DHCP_END) {
        if (options[at] == DHCP_PAD) {
            at++;
            continue;
        }
        /* Both the length byte and the value it announces must lie within what was received. */
        if (size - at < 2 || size - at - 2 < options[at + 1]) {
            return NULL;
        }
        if (options[at] == code) {
            *length = options[at + 1];
            return options + at + 2;
        }
        at += 2 + (size_t)options[at + 1];
    }
    return NULL;
}
