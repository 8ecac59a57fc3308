#include <openssl/ssl.h>
#include <stddef.h>

SSL *connect_tls(int socket, const char *host) {
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *connection = context == NULL ? NULL : SSL_new(context);

    SSL_CTX_free(context);
    if (connection == NULL) {
        return NULL;
    }
    if (SSL_set_tlsext_host_name(connection, host) != 1 || SSL_set_fd(connection, socket) != 1 ||
        SSL_connect(connection) != 1) {
        SSL_free(connection);
        return NULL;
    }
    return connection;
}
