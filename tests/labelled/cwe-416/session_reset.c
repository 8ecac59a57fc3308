// secure: the pointer is cleared where its block is freed
#include <stdlib.h>
#include <string.h>

struct session {
    char *token;
};

static void session_close(struct session *session) {
    free(session->token);
    session->token = NULL;
}

int session_roundtrip(const char *token) {
    struct session session = {NULL};
    session.token = malloc(strlen(token) + 1);
    if (session.token == NULL) return -1;
    strcpy(session.token, token);
    int length = (int)strlen(session.token);
    session_close(&session);
    session_close(&session);
    return session.token == NULL ? length : -1;
}
