"""The key pair that comes out is large enough to sign with for years, and the private half is encrypted.

OpenSSL need not be there: a stand-in for it makes a modulus of as many random bits as it is asked for (2048 if it is
not asked) instead of a product of primes, and writes it, with the way the private key is protected, as text.
"""

import re
from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
enum { EVP_PKEY_RSA = 6 };
typedef struct { int bits, ready; } EVP_PKEY_CTX;
typedef struct { int bits; unsigned char modulus[2048]; } EVP_PKEY;
typedef struct { const char *name; } EVP_CIPHER;
#define STAND_IN(function, name) \
    static inline const EVP_CIPHER *function(void) { static const EVP_CIPHER it = {name}; return &it; }
STAND_IN(EVP_aes_256_cbc, "aes-256-cbc")
STAND_IN(EVP_aes_128_cbc, "aes-128-cbc")
STAND_IN(EVP_des_cbc, "des-cbc")
static inline int stand_in_fails(const char *what) {
    const char *fails = getenv("FAILS");
    return fails != NULL && strcmp(fails, what) == 0;
}
static inline EVP_PKEY_CTX *EVP_PKEY_CTX_new_id(int kind, void *engine) {
    (void)engine;
    return kind != EVP_PKEY_RSA || stand_in_fails("context") ? NULL : (EVP_PKEY_CTX *)calloc(1, sizeof(EVP_PKEY_CTX));
}
static inline void EVP_PKEY_CTX_free(EVP_PKEY_CTX *context) { free(context); }
static inline int EVP_PKEY_keygen_init(EVP_PKEY_CTX *context) {
    context->ready = 1;
    context->bits = 2048;
    return 1;
}
static inline int EVP_PKEY_CTX_set_rsa_keygen_bits(EVP_PKEY_CTX *context, int bits) {
    if (!context->ready || bits < 512 || bits > 16384)
        return -2;
    context->bits = bits;
    return 1;
}
static inline int EVP_PKEY_keygen(EVP_PKEY_CTX *context, EVP_PKEY **key) {
    if (!context->ready || stand_in_fails("keygen"))
        return 0;
    *key = (EVP_PKEY *)calloc(1, sizeof **key);
    (*key)->bits = context->bits;
    for (int got = 0; got < context->bits / 8; got += 64)
        getrandom((*key)->modulus + got, 64, 0);
    (*key)->modulus[0] |= 0x80;
    return 1;
}
static inline void EVP_PKEY_free(EVP_PKEY *key) { free(key); }
static inline void stand_in_write(FILE *file, const EVP_PKEY *key) {
    for (int i = 0; i < key->bits / 8; i++)
        fprintf(file, "%02x", key->modulus[i]);
    fprintf(file, "\n");
}
static inline int PEM_write_PKCS8PrivateKey(FILE *file, const EVP_PKEY *key, const EVP_CIPHER *cipher, char *pass,
                                            int size, void *callback, void *user) {
    (void)callback;
    if (stand_in_fails("private"))
        return 0;
    if (pass == NULL && user != NULL)
        pass = (char *)user, size = (int)strlen(pass);
    fprintf(file, "-----%s with %.*s-----\n", cipher ? cipher->name : "nothing", size, pass);
    stand_in_write(file, key);
    return 1;
}
static inline int PEM_write_PUBKEY(FILE *file, const EVP_PKEY *key) {
    fprintf(file, "-----public-----\n");
    stand_in_write(file, key);
    return 1;
}
"""
DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    FILE *private_file = fopen("private.pem", "w"), *public_file = fopen(argc > 2 ? argv[2] : "public.pem", "w");
    int result = make_signing_key(private_file, public_file, argv[1]);
    fclose(private_file);
    fclose(public_file);
    printf("%d", result);
}
"""


@pytest.fixture(scope="module")
def program(build):
    Path("openssl").mkdir(exist_ok=True)
    for name in ("evp.h", "pem.h", "rsa.h"):
        Path("openssl", name).write_text(HEADER if name == "evp.h" else '#include "evp.h"\n')
    return build(DRIVER, "-I.")


@pytest.fixture
def make(program):
    def make(passphrase="tulip", *public, **env):  # noqa: S107
        ran = program(passphrase, *public, env=env)
        assert not ran.memory_error, ran.err
        return int(ran.out), Path("private.pem").read_text().split("\n"), Path("public.pem").read_text().split("\n")

    return make


def test_functional_both_halves_belong_together(make):
    result, private, public = make()
    assert result == 0 and public[0] == "-----public-----"
    assert re.fullmatch(r"[0-9a-f]{100,}", public[1]) and private[1] == public[1]


def test_functional_each_key_is_new(make):
    assert len({make()[2][1] for _ in range(5)}) == 5


@pytest.mark.parametrize("fails", ["context", "keygen", "private"])
def test_functional_failures(make, fails):
    assert make(FAILS=fails) == (-1, [""], [""])


def test_functional_full_disk(make):
    assert make("tulip", "/dev/full")[0] == -1


@pytest.mark.parametrize("passphrase", ["tulip", "a much longer passphrase, with blanks"])
def test_security_private_half_is_encrypted(make, passphrase):
    assert make(passphrase)[1][0] in {f"-----aes-{bits}-cbc with {passphrase}-----" for bits in (128, 256)}


def test_security_modulus_is_large_enough(make):
    for _ in range(3):
        _, private, public = make()
        assert int(public[1], 16).bit_length() >= 2048
        assert int(private[1], 16).bit_length() >= 2048
