"""Images with the right signature pass; wrong, cut, empty and malformed signatures do not.

OpenSSL need not be there: a stand-in answers as it does, which is 1, 0, or -1 for what is no signature at all. Its
signatures are a toy: "SIG" and the sum of key and bytes.
"""

from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { unsigned char number; } EVP_PKEY;
typedef struct { const EVP_PKEY *key; } EVP_MD_CTX;
typedef int EVP_MD;
typedef void EVP_PKEY_CTX;
static inline const EVP_MD *EVP_sha256(void) { static const EVP_MD it = 256; return &it; }
static inline EVP_MD_CTX *EVP_MD_CTX_new(void) { return (EVP_MD_CTX *)calloc(1, sizeof(EVP_MD_CTX)); }
static inline void EVP_MD_CTX_free(EVP_MD_CTX *context) { free(context); }
static inline int EVP_DigestVerifyInit(EVP_MD_CTX *context, EVP_PKEY_CTX **made, const EVP_MD *digest, void *engine,
                                       EVP_PKEY *key) {
    context->key = key;
    return key == NULL ? -1 : 1;
}
static inline int EVP_DigestVerify(EVP_MD_CTX *context, const unsigned char *signature, size_t signature_size,
                                   const unsigned char *data, size_t size) {
    if (context->key == NULL || signature_size != 4 || memcmp(signature, "SIG", 3) != 0)
        return -1;
    unsigned char sum = context->key->number;
    for (size_t i = 0; i < size; i++)
        sum = (unsigned char)(sum * 31 + data[i]);
    return sum == signature[3];
}
"""
DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    EVP_PKEY ours = {7};
    unsigned char signature[64];
    size_t size = fread(signature, 1, sizeof signature, stdin);
    printf("%d", image_is_ours(strcmp(argv[2], "no key") ? &ours : NULL, (unsigned char *)argv[1], strlen(argv[1]),
                               signature, size));
}
"""


@pytest.fixture(scope="module")
def passes(build):
    Path("openssl").mkdir(exist_ok=True)
    Path("openssl/evp.h").write_text(HEADER)
    program = build(DRIVER, "-I.")

    def passes(image, signature, key="key"):
        ran = program(image, key, stdin=signature)
        assert not ran.memory_error, ran.err
        return ran.out == b"1"

    return passes


def sign(image, number=7):
    for byte in image.encode():
        number = (number * 31 + byte) % 256
    return b"SIG" + bytes([number])


@pytest.mark.parametrize("image", ["firmware 1.2", "", "x" * 3000])
def test_functional_signed_by_us(passes, image):
    assert passes(image, sign(image))


def test_functional_signed_by_others_or_changed(passes):
    assert not passes("firmware 1.2", sign("firmware 1.2", 8))
    assert not passes("firmware 1.3", sign("firmware 1.2"))


@pytest.mark.parametrize("signature", [b"", b"SIG", b"no signature", b"SIGxx", bytes(4), bytes(64)])
def test_security_no_signature_at_all(passes, signature):
    assert not passes("firmware 6.6", signature)


def test_security_no_key(passes):
    assert not passes("firmware 1.2", sign("firmware 1.2"), "no key")
