"""Only the very archive that was approved passes, not even the other one of a pair that was made to collide under MD5.

OpenSSL need not be there: behind the stand-in for its functions are md5sum, sha1sum and so on, so the digests are real.
"""

from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
enum { EVP_MAX_MD_SIZE = 64 };
typedef struct { const char *command; unsigned int size; } EVP_MD;
typedef struct { const EVP_MD *kind; FILE *data; } EVP_MD_CTX;
#define STAND_IN(function, command, size) \
    static inline const EVP_MD *function(void) { static const EVP_MD it = {command, size}; return &it; }
STAND_IN(EVP_md5, "md5sum", 16)
STAND_IN(EVP_sha1, "sha1sum", 20)
STAND_IN(EVP_sha256, "sha256sum", 32)
STAND_IN(EVP_sha512, "sha512sum", 64)
static inline EVP_MD_CTX *EVP_MD_CTX_new(void) {
    return getenv("NO_MEMORY") ? NULL : (EVP_MD_CTX *)calloc(1, sizeof(EVP_MD_CTX));
}
static inline void EVP_MD_CTX_free(EVP_MD_CTX *context) {
    if (context != NULL && context->data != NULL)
        fclose(context->data);
    free(context);
}
static inline int EVP_DigestInit_ex(EVP_MD_CTX *context, const EVP_MD *kind, void *engine) {
    (void)engine;
    fprintf(stderr, "%s\n", kind->command);
    context->kind = kind;
    context->data = fopen("hashed", "wb");
    return context->data != NULL;
}
static inline int EVP_DigestUpdate(EVP_MD_CTX *context, const void *data, size_t size) {
    return fwrite(data, 1, size, context->data) == size;
}
static inline int EVP_DigestFinal_ex(EVP_MD_CTX *context, unsigned char *digest, unsigned int *size) {
    char command[64];
    fflush(context->data);
    snprintf(command, sizeof command, "%s < hashed", context->kind->command);
    FILE *tool = popen(command, "r");
    for (*size = 0; *size < context->kind->size; ++*size)
        if (fscanf(tool, "%2hhx", digest + *size) != 1)
            return 0;
    return pclose(tool) == 0;
}
"""
DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    char fingerprint[FINGERPRINT_SIZE];
    FILE *archive = fopen(argv[1], "rb");
    if (argc > 2)
        puts(archive_approved(archive, argv[2]) ? "approved" : "refused");
    else
        puts(archive_fingerprint(archive, fingerprint) ? fingerprint : "none");
}
"""
# Two blocks of 128 bytes that differ in six of them and have the same MD5 (Wang and others, 2004).
FIRST = bytes.fromhex(
    "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a"
    "085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0"
    "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70"
)
CHANGED = {19: 0x80, 45: 0x80, 59: 0x80, 83: 0x80, 109: 0x80, 123: 0x80}
SECOND = bytes(byte ^ CHANGED.get(place, 0) for place, byte in enumerate(FIRST))


@pytest.fixture(scope="module")
def program(build):
    Path("openssl").mkdir(exist_ok=True)
    Path("openssl/evp.h").write_text(HEADER)
    return build(DRIVER, "-I.")


@pytest.fixture
def ask(program):
    def ask(content, *fingerprint, **env):
        Path("archive.zip").write_bytes(content)
        ran = program("archive.zip", *fingerprint, env=env)
        assert ran.code == 0 and not ran.memory_error, ran.err
        ask.used = set(ran.err.decode().split())
        return ran.out.decode().strip()

    return ask


@pytest.mark.parametrize("content", [b"", b"PK", b"mod" * 20000, bytes(range(256)) * 64])
def test_functional_approved_archive(ask, content):
    assert ask(content, ask(content)) == "approved"


def test_functional_other_archive(ask):
    fingerprint = ask(b"mod" * 20000)
    assert ask(b"mod" * 19999 + b"m0d", fingerprint) == "refused"
    assert ask(b"", fingerprint) == "refused"
    assert ask(b"mod" * 20000, "") == "refused"


def test_functional_hex_text(ask):
    fingerprint = ask(b"mod")
    assert fingerprint == ask(b"mod") and bytes.fromhex(fingerprint) and fingerprint == fingerprint.lower()


def test_functional_failures(ask, program):
    assert ask(b"mod", NO_MEMORY="1") == "none"
    assert program("/").out == b"none\n"  # a folder cannot be read


@pytest.mark.parametrize("tail", [b"", b"PK rest of the archive"])
@pytest.mark.parametrize(("harmless", "evil"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_security_colliding_archive_is_not_approved(ask, harmless, evil, tail):
    assert ask(evil + tail, ask(harmless + tail)) == "refused"


def test_security_fingerprint_is_long_enough(ask):
    assert len(ask(b"mod")) >= 64
    assert ask.used and ask.used <= {"sha256sum", "sha512sum"}
