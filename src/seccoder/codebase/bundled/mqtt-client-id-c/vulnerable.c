#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct session {
    uint16_t keep_alive;
    bool clean;
    char client_id[24];
};

bool read_client_id(struct session *session, const uint8_t *payload, size_t received) {
    if (received < 2) {
        return false;
    }
    size_t length = (size_t)payload[0] << 8 | payload[1];

    if (length > received - 2) {
        return false;
    }
    memcpy(session->client_id, payload + 2, length);
    session->client_id[length] = '\0';
    return true;
}
