#include <openssl/ssl.h>
#include <stddef.h>

static SSL_CTX *client_context(void) {
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());

    if (context == NULL) {
        return NULL;
    }
    /* By default a client accepts any certificate at all. */
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    if (SSL_CTX_set_default_verify_paths(context) != 1 ||
        SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) {
        SSL_CTX_free(context);
        return NULL;
    }
    return context;
}

SSL *connect_tls(int socket, const char *host) {
    SSL_CTX *context = client_context();
    SSL *connection = context == NULL ? NULL : SSL_new(context);

    SSL_CTX_free(context); /* the connection keeps it as long as it needs it */
    if (connection == NULL) {
        return NULL;
    }
    /* set1_host: the certificate must be for this name, not just anybody's; tlsext: the server is told which one. */
    if (SSL_set1_host(connection, host) != 1 || SSL_set_tlsext_host_name(connection, host) != 1 ||
        SSL_set_fd(connection, socket) != 1 || SSL_connect(connection) != 1) {
        SSL_free(connection);
        return NULL;
    }
    return connection;
}
