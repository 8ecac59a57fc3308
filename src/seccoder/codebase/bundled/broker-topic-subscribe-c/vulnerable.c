#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct client {
    char **topics;
    size_t count;
};

bool subscribe(struct client *client, const char *topic) {
    for (size_t i = 0; i < client->count; i++)
        if (strcmp(client->topics[i], topic) == 0)
            return true;
    char **grown = realloc(client->topics, (client->count + 1) * sizeof *grown);
    if (grown == NULL)
        return false;
    client->topics = grown;
    if ((grown[client->count] = strdup(topic)) == NULL)
        return false;
    client->count++;
    return true;
}
