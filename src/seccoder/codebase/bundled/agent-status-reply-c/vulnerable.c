#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct status_reply {
    uint8_t kind;
    char host[64];
    uint64_t uptime;
    uint16_t load;
};

struct status_reply *make_status_reply(const char *host, uint64_t uptime, uint16_t load) {
    struct status_reply *reply = malloc(sizeof *reply);

    if (reply == NULL) {
        return NULL;
    }
    reply->kind = 2;
    snprintf(reply->host, sizeof reply->host, "%s", host);
    reply->uptime = uptime;
    reply->load = load;
    return reply;
}
