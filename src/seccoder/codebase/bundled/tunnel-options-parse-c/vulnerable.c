#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct tunnel {
    int mtu;
    int keepalive;
    bool compress;
};

bool parse_tunnel(char *text, struct tunnel *tunnel) {
    char *rest;
    for (char *word = strtok_r(text, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
        if (sscanf(word, "mtu=%5d", &tunnel->mtu) == 1 || sscanf(word, "keepalive=%5d", &tunnel->keepalive) == 1)
            continue;
        if (strcmp(word, "compress") != 0)
            return false;
        tunnel->compress = true;
    }
    return true;
}
