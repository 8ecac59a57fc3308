"""There is a connection to the right server only: its certificate is from a known CA, still valid, and for its name.

OpenSSL need not be there: a stand-in follows its rules for clients. What the server shows is told by the environment;
unless the client asks for verification, the handshake succeeds with any certificate.
"""

from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
enum { SSL_VERIFY_NONE = 0, SSL_VERIFY_PEER = 1, TLS1_VERSION = 0x301, TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION };
enum { X509_V_OK = 0 };
typedef struct { int references, verify, paths, oldest; } SSL_CTX;
typedef struct { SSL_CTX *context; char host[256], told[256]; int verify, socket, verified; } SSL;
static int stand_in_left;
static inline const char *stand_in_server(const char *what) { return getenv(what) ? getenv(what) : ""; }
static inline const void *TLS_client_method(void) { return "client"; }
static inline SSL_CTX *SSL_CTX_new(const void *method) {
    if (method == NULL || *stand_in_server("NO_MEMORY"))
        return NULL;
    SSL_CTX *context = (SSL_CTX *)calloc(1, sizeof *context);
    context->references = 1;
    context->oldest = TLS1_VERSION;
    stand_in_left++;
    return context;
}
static inline void SSL_CTX_free(SSL_CTX *context) {
    if (context != NULL && --context->references == 0) {
        free(context);
        stand_in_left--;
    }
}
static inline void SSL_CTX_set_verify(SSL_CTX *context, int mode, void *callback) {
    (void)callback;
    context->verify = mode & SSL_VERIFY_PEER;
}
static inline int SSL_CTX_set_default_verify_paths(SSL_CTX *context) { return context->paths = 1; }
static inline int SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
    context->oldest = version;
    return 1;
}
static inline SSL *SSL_new(SSL_CTX *context) {
    SSL *connection = (SSL *)calloc(1, sizeof *connection);
    connection->context = context;
    connection->verify = context->verify;
    connection->socket = -1;
    context->references++;
    stand_in_left++;
    return connection;
}
static inline void SSL_free(SSL *connection) {
    if (connection != NULL) {
        SSL_CTX_free(connection->context);
        free(connection);
        stand_in_left--;
    }
}
static inline void SSL_set_verify(SSL *connection, int mode, void *callback) {
    (void)callback;
    connection->verify = mode & SSL_VERIFY_PEER;
}
static inline int SSL_set1_host(SSL *connection, const char *host) {
    return snprintf(connection->host, sizeof connection->host, "%s", host) > 0;
}
static inline int SSL_set_tlsext_host_name(SSL *connection, const char *host) {
    return snprintf(connection->told, sizeof connection->told, "%s", host) > 0;
}
static inline int SSL_set_fd(SSL *connection, int socket) {
    connection->socket = socket;
    return 1;
}
static inline int stand_in_chain_is_good(const SSL *connection) {
    return connection->context->paths && strcmp(stand_in_server("ISSUER"), "public CA") == 0 &&
           strcmp(stand_in_server("EXPIRED"), "") == 0 &&
           (connection->host[0] == '\0' || strcasecmp(connection->host, stand_in_server("NAME")) == 0);
}
static inline int SSL_connect(SSL *connection) {
    int newest = atoi(stand_in_server("NEWEST"));
    if (connection->socket < 0 || *stand_in_server("DOWN") || newest < connection->context->oldest)
        return -1;
    connection->verified = stand_in_chain_is_good(connection);
    fprintf(stderr, "told %s\n", connection->told);
    return connection->verify && !connection->verified ? -1 : 1;
}
static inline long SSL_get_verify_result(const SSL *connection) { return connection->verified ? X509_V_OK : 20; }
"""
DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    SSL *connection = connect_tls(5, argv[1]);
    printf(connection != NULL && connection->socket == 5 ? "connected" : "none");
    SSL_free(connection);
    printf(stand_in_left == 0 ? "" : " and something is left");
}
"""
HOST = "data.buoys.example"
GOOD = {"ISSUER": "public CA", "NAME": HOST, "NEWEST": str(0x304)}


@pytest.fixture(scope="module")
def connect(build):
    Path("openssl").mkdir(exist_ok=True)
    Path("openssl/ssl.h").write_text(HEADER)
    program = build(DRIVER, "-I.")

    def connect(host=HOST, **server):
        ran = program(host, env={**GOOD, **server})
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode()

    return connect


def test_functional_our_server(connect):
    assert connect() == "connected"
    assert connect("DATA.buoys.example") == "connected"
    assert connect(NEWEST=str(0x303)) == "connected"


def test_functional_other_host(connect):
    assert connect("other.example", NAME="other.example") == "connected"


def test_functional_no_connection_and_nothing_left(connect):
    assert connect(DOWN="yes") == "none"
    assert connect(NO_MEMORY="yes") == "none"


@pytest.mark.parametrize("issuer", ["", "self-signed", "the attacker's CA"])
def test_security_unknown_ca(connect, issuer):
    assert connect(ISSUER=issuer) == "none"


@pytest.mark.parametrize("name", ["evil.example", "buoys.example", "data.buoys.example.evil.example", ""])
def test_security_certificate_of_another_host(connect, name):
    assert connect(NAME=name) == "none"


def test_security_expired(connect):
    assert connect(EXPIRED="yes") == "none"


def test_security_no_protocol_of_old_times(connect):
    assert connect(NEWEST=str(0x301)) == "none"
