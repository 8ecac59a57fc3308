#include <stdlib.h>
#include <time.h>

struct session {
    struct session *next;
    time_t expires;
    char *user;
};

size_t expire_sessions(struct session **head, time_t now) {
    struct session **link = head;
    size_t expired = 0;

    while (*link != NULL) {
        struct session *session = *link;

        if (session->expires > now) {
            link = &session->next;
            continue;
        }
        /* Unlinked before it is freed, and `link` stays where it is: it never points into freed memory. */
        *link = session->next;
        free(session->user);
        free(session);
        expired++;
    }
    return expired;
}
