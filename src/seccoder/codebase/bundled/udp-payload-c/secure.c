#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UDP_HEADER = 8 };

struct payload {
    const uint8_t *data;
    size_t size;
};

bool udp_payload(const uint8_t *datagram, size_t received, struct payload *payload) {
    if (received < UDP_HEADER) {
        return false;
    }
    size_t length = (size_t)datagram[4] << 8 | datagram[5];

    /* The field counts the header too: a length below 8 would wrap the unsigned subtraction. */
    if (length < UDP_HEADER || length > received) {
        return false;
    }
    payload->data = datagram + UDP_HEADER;
    payload->size = length - UDP_HEADER;
    return true;
}
