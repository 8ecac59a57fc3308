#include <stdlib.h>

struct session {
    char *user;
    char *address;
    int open;
};

/* Closes a session: releases its user and its address (from malloc) and clears open. */
void close_session(struct session *session)
{
