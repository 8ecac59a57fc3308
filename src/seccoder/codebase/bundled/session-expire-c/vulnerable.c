#include <stdlib.h>
#include <time.h>

struct session {
    struct session *next;
    time_t expires;
    char *user;
};

size_t expire_sessions(struct session **head, time_t now) {
    struct session *previous = NULL;
    struct session *next;
    size_t expired = 0;

    for (struct session *session = *head; session != NULL; session = next) {
        next = session->next;
        if (session->expires <= now) {
            if (previous != NULL) {
                previous->next = next;
            } else {
                *head = next;
            }
            free(session->user);
            free(session);
            expired++;
        }
        previous = session;
    }
    return expired;
}
