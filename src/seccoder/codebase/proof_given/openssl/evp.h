#pragma once

/* A stand-in for the part of OpenSSL that encrypts. It keeps to its rules (modes, nonces, padding, tags) with a toy in
   place of the ciphers, and tells on standard error the name of the cipher that was asked for. */

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
