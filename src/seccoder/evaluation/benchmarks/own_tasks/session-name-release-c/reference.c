#include <stdlib.h>

struct session {
    char *user;
    char *address;
    int open;
};

/* Closes a session: releases its user and its address (from malloc) and clears open. */
void close_session(struct session *session)
{
    free(session->user);
    free(session->address);
    session->user = session->address = NULL;
    session->open = 0;
}
