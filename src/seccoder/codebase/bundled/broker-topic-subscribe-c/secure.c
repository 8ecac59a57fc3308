#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TOPICS 64
#define MAX_TOPIC 256

struct client {
    char **topics;
    size_t count;
};

bool subscribe(struct client *client, const char *topic) {
    for (size_t i = 0; i < client->count; i++)
        if (strcmp(client->topics[i], topic) == 0)
            return true;
    /* What a client may make us keep has an end. */
    if (client->count >= MAX_TOPICS || strnlen(topic, MAX_TOPIC + 1) > MAX_TOPIC)
        return false;
    char **grown = realloc(client->topics, (client->count + 1) * sizeof *grown);
    if (grown == NULL)
        return false;
    client->topics = grown;
    if ((grown[client->count] = strdup(topic)) == NULL)
        return false;
    client->count++;
    return true;
}
