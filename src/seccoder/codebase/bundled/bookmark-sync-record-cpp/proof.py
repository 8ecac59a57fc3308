"""Bookmarks come back; a record that was altered, cut or made with another key does not, and no two records are alike.

OpenSSL need not be there: a stand-in with its functions keeps to its rules (modes, nonces, padding, tags) with a toy
in place of the ciphers, and tells the name of the cipher that was asked for.
"""

from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
enum { EVP_CTRL_GCM_SET_IVLEN = 9, EVP_CTRL_GCM_GET_TAG = 16, EVP_CTRL_GCM_SET_TAG = 17 };
enum { EVP_CTRL_AEAD_SET_IVLEN = 9, EVP_CTRL_AEAD_GET_TAG = 16, EVP_CTRL_AEAD_SET_TAG = 17 };
typedef struct { const char *name; int key, iv, block, tag; } EVP_CIPHER;
typedef struct {
    const EVP_CIPHER *cipher;
    unsigned char key[32], iv[16], part[32], tag[16];
    int encrypt, filled;
    uint64_t at, sum;
} EVP_CIPHER_CTX;
#define STAND_IN(function, ...) \
    static inline const EVP_CIPHER *function(void) { static const EVP_CIPHER it = {__VA_ARGS__}; return &it; }
STAND_IN(EVP_aes_256_gcm, "aes-256-gcm", 32, 12, 1, 16)
STAND_IN(EVP_aes_128_gcm, "aes-128-gcm", 16, 12, 1, 16)
STAND_IN(EVP_chacha20_poly1305, "chacha20-poly1305", 32, 12, 1, 16)
STAND_IN(EVP_aes_256_ctr, "aes-256-ctr", 32, 16, 1, 0)
STAND_IN(EVP_aes_256_cbc, "aes-256-cbc", 32, 16, 16, 0)
STAND_IN(EVP_aes_256_ecb, "aes-256-ecb", 32, 0, 16, 0)
STAND_IN(EVP_des_ede3_cbc, "des-ede3-cbc", 24, 8, 8, 0)
static inline uint64_t stand_in_mix(uint64_t sum, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u, sum ^= sum >> 29;
    return sum;
}
static inline EVP_CIPHER_CTX *EVP_CIPHER_CTX_new(void) { return (EVP_CIPHER_CTX *)calloc(1, sizeof(EVP_CIPHER_CTX)); }
static inline void EVP_CIPHER_CTX_free(EVP_CIPHER_CTX *c) { free(c); }
static inline int stand_in_init(EVP_CIPHER_CTX *c, const EVP_CIPHER *cipher, const unsigned char *key,
                                const unsigned char *iv, int encrypt) {
    if (cipher != NULL) {
        c->cipher = cipher;
        fprintf(stderr, "%s\n", cipher->name);
    }
    c->encrypt = encrypt;
    if (key != NULL)
        memcpy(c->key, key, c->cipher->key);
    if (iv != NULL)
        memcpy(c->iv, iv, c->cipher->iv);
    c->sum = stand_in_mix(stand_in_mix(7, c->key, 32), c->iv, 16);
    return 1;
}
static inline unsigned char stand_in_pad(EVP_CIPHER_CTX *c, const void *with, size_t size, uint64_t at) {
    uint64_t index = at / 8;
    uint64_t pad = stand_in_mix(stand_in_mix(stand_in_mix(3, c->key, 32), with, size), &index, sizeof index);
    return (unsigned char)(pad >> (at % 8 * 8));
}
static inline void stand_in_block(EVP_CIPHER_CTX *c, unsigned char *out, const unsigned char *in) {
    unsigned char before[16];
    for (int i = 0; i < c->cipher->block; i++) {
        unsigned char pad = stand_in_pad(c, "", 0, i);
        before[i] = in[i];
        out[i] = c->encrypt ? (unsigned char)((in[i] ^ c->iv[i]) + pad) : (unsigned char)((in[i] - pad) ^ c->iv[i]);
    }
    if (c->cipher->iv > 0)
        memcpy(c->iv, c->encrypt ? out : before, c->cipher->block);
}
static inline int stand_in_update(EVP_CIPHER_CTX *c, unsigned char *out, int *length, const unsigned char *in,
                                  int size) {
    int block = c->cipher->block;
    *length = 0;
    if (out == NULL) {
        c->sum = stand_in_mix(c->sum, in, size);
        *length = size;
        return 1;
    }
    for (int i = 0; i < size; i++) {
        if (block == 1) {
            unsigned char made = in[i] ^ stand_in_pad(c, c->iv, c->cipher->iv, c->at++);
            c->sum = stand_in_mix(c->sum, c->encrypt ? &made : &in[i], 1);
            out[(*length)++] = made;
            continue;
        }
        if (c->filled == block) {
            stand_in_block(c, out + *length, c->part);
            *length += block, c->filled = 0;
        }
        c->part[c->filled++] = in[i];
        if (c->encrypt && c->filled == block) {
            stand_in_block(c, out + *length, c->part);
            *length += block, c->filled = 0;
        }
    }
    return 1;
}
static inline int EVP_EncryptInit_ex(EVP_CIPHER_CTX *c, const EVP_CIPHER *cipher, void *engine,
                                     const unsigned char *key, const unsigned char *iv) {
    (void)engine;
    return stand_in_init(c, cipher, key, iv, 1);
}
static inline int EVP_DecryptInit_ex(EVP_CIPHER_CTX *c, const EVP_CIPHER *cipher, void *engine,
                                     const unsigned char *key, const unsigned char *iv) {
    (void)engine;
    return stand_in_init(c, cipher, key, iv, 0);
}
static inline int EVP_EncryptUpdate(EVP_CIPHER_CTX *c, unsigned char *out, int *length, const unsigned char *in,
                                    int size) {
    return stand_in_update(c, out, length, in, size);
}
static inline int EVP_DecryptUpdate(EVP_CIPHER_CTX *c, unsigned char *out, int *length, const unsigned char *in,
                                    int size) {
    return stand_in_update(c, out, length, in, size);
}
static inline int EVP_EncryptFinal_ex(EVP_CIPHER_CTX *c, unsigned char *out, int *length) {
    int block = c->cipher->block;
    *length = 0;
    if (block == 1)
        return 1;
    memset(c->part + c->filled, block - c->filled, block - c->filled);
    stand_in_block(c, out, c->part);
    *length = block;
    return 1;
}
static inline int EVP_DecryptFinal_ex(EVP_CIPHER_CTX *c, unsigned char *out, int *length) {
    int block = c->cipher->block;
    unsigned char last[16];
    *length = 0;
    if (block == 1)
        return c->cipher->tag == 0 || (memcmp(c->tag, &c->sum, 8) == 0 && memcmp(c->tag + 8, &c->sum, 8) == 0);
    if (c->filled != block)
        return 0;
    stand_in_block(c, last, c->part);
    int padding = last[block - 1];
    if (padding < 1 || padding > block)
        return 0;
    for (int i = block - padding; i < block; i++)
        if (last[i] != padding)
            return 0;
    *length = block - padding;
    memcpy(out, last, *length);
    return 1;
}
static inline int EVP_CIPHER_CTX_ctrl(EVP_CIPHER_CTX *c, int what, int size, void *bytes) {
    if (what == EVP_CTRL_GCM_SET_IVLEN)
        return size == 12;
    if (c->cipher->tag == 0 || size < 1 || size > 16)
        return 0;
    if (what == EVP_CTRL_GCM_SET_TAG)
        memcpy(c->tag, bytes, size);
    for (int i = 0; what == EVP_CTRL_GCM_GET_TAG && i < size; i++)
        ((unsigned char *)bytes)[i] = (unsigned char)(c->sum >> (i % 8 * 8));
    return 1;
}
static inline int RAND_bytes(unsigned char *bytes, int size) {
    return getenv("NO_RANDOM") == NULL && getrandom(bytes, size, 0) == size;
}
static inline void OPENSSL_cleanse(void *bytes, size_t size) { memset(bytes, 0, size); }
"""
DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main(int, char **argv) {
    Key key;
    key.fill(static_cast<unsigned char>(std::atoi(argv[2])));
    Bytes data;
    for (int c; (c = std::getchar()) != EOF;)
        data.push_back(static_cast<unsigned char>(c));
    data.shrink_to_fit();
    const auto made = *argv[1] == 'e' ? encrypt_bookmark(key, data) : decrypt_bookmark(key, data);
    if (!made)
        return 3;
    for (const unsigned char c : *made)
        std::putchar(c);
}
"""
BOOKMARK = b"https://bakery.example/rye-bread\tRye bread, the slow way"


@pytest.fixture(scope="module")
def program(build):
    Path("openssl").mkdir(exist_ok=True)
    for name in ("evp.h", "rand.h"):
        Path("openssl", name).write_text(HEADER if name == "evp.h" else '#include "evp.h"\n')
    return build(DRIVER, "-I.")


@pytest.fixture
def run(program):
    def run(what, data, key=5, **env):
        ran = program(what, str(key), stdin=data, env=env)
        assert not ran.memory_error, ran.err
        assert ran.code in (0, 3)
        run.ciphers = set(ran.err.decode().split())
        return ran.out if ran.code == 0 else None

    return run


@pytest.mark.parametrize("bookmark", [b"", b"x", BOOKMARK, bytes(range(256)) * 20, b"8 bytes."])
def test_functional_comes_back(run, bookmark):
    assert run("decrypt", run("encrypt", bookmark)) == bookmark


def test_functional_server_cannot_read_it(run):
    record = run("encrypt", BOOKMARK)
    assert b"bakery" not in record and b"bread" not in record


def test_functional_no_record(run):
    assert run("decrypt", b"") is None
    assert run("decrypt", b"8 bytes.") is None


def test_functional_no_randomness_no_record(run):
    assert run("encrypt", BOOKMARK, NO_RANDOM="1") is None


def test_security_records_are_never_alike(run):
    records = [run("encrypt", BOOKMARK) for _ in range(10)]
    assert (
        len(set(records)) == len({record[:8] for record in records}) == len({record[-8:] for record in records}) == 10
    )


def test_security_cipher_of_today(run):
    record = run("encrypt", BOOKMARK)
    assert run.ciphers and run.ciphers <= {"aes-256-gcm", "chacha20-poly1305"}
    run("decrypt", record)
    assert run.ciphers and run.ciphers <= {"aes-256-gcm", "chacha20-poly1305"}


def test_security_altered_record(run):
    record = run("encrypt", BOOKMARK)
    for place in range(len(record)):
        altered = bytearray(record)
        altered[place] ^= 4
        assert run("decrypt", bytes(altered)) is None


def test_security_cut_or_longer_record(run):
    record = run("encrypt", BOOKMARK)
    for size in range(len(record)):
        assert run("decrypt", record[:size]) is None
        assert run("decrypt", record[size:] if size else record + b"!") is None


@pytest.mark.parametrize("key", range(6, 12))
def test_security_key_of_somebody_else(run, key):
    assert run("decrypt", run("encrypt", BOOKMARK), key=key) is None
