/* Declares what the headers of OpenSSL declare, as far as code that digests and encrypts needs it; see libraries.c. */
#ifndef SECCODER_CRYPTO_H
#define SECCODER_CRYPTO_H
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct seccoder_algorithm { const char *name; int size, weak, block; } EVP_MD, EVP_CIPHER;
typedef struct seccoder_context { const struct seccoder_algorithm *algorithm; uint64_t state[8]; } EVP_MD_CTX, EVP_CIPHER_CTX, HMAC_CTX;
typedef struct seccoder_context MD2_CTX, MD4_CTX, MD5_CTX, SHA_CTX, SHA256_CTX, SHA512_CTX, RIPEMD160_CTX;
typedef struct { uint64_t key[4]; } DES_key_schedule, AES_KEY, RC4_KEY, BF_KEY, RC2_KEY, CAST_KEY;
typedef unsigned char DES_cblock[8], const_DES_cblock[8];
typedef unsigned long DES_LONG;
typedef struct seccoder_engine ENGINE;
enum { MD5_DIGEST_LENGTH = 16, MD4_DIGEST_LENGTH = 16, SHA_DIGEST_LENGTH = 20, SHA224_DIGEST_LENGTH = 28, SHA256_DIGEST_LENGTH = 32,
    SHA384_DIGEST_LENGTH = 48, SHA512_DIGEST_LENGTH = 64, RIPEMD160_DIGEST_LENGTH = 20, EVP_MAX_MD_SIZE = 64, EVP_MAX_KEY_LENGTH = 64,
    EVP_MAX_IV_LENGTH = 16, EVP_MAX_BLOCK_LENGTH = 32, AES_BLOCK_SIZE = 16, AES_ENCRYPT = 1, AES_DECRYPT = 0, DES_ENCRYPT = 1, DES_DECRYPT = 0,
    BF_ENCRYPT = 1, BF_DECRYPT = 0, EVP_CTRL_GCM_SET_IVLEN = 9, EVP_CTRL_GCM_GET_TAG = 16, EVP_CTRL_GCM_SET_TAG = 17,
    EVP_CTRL_AEAD_SET_IVLEN = 9, EVP_CTRL_AEAD_GET_TAG = 16, EVP_CTRL_AEAD_SET_TAG = 17 };
#define SECCODER_DIGESTS(each) each(md2) each(md4) each(md5) each(sha1) each(ripemd160) each(sha224) each(sha256) each(sha384) each(sha512) \
    each(sha3_256) each(sha3_512) each(blake2b512) each(blake2s256)
#define SECCODER_CIPHERS(each) each(des_ecb) each(des_cbc) each(des_ede3_cbc) each(des_ede3_ecb) each(rc4) each(rc2_cbc) each(bf_cbc) each(bf_ecb) \
    each(aes_128_ecb) each(aes_192_ecb) each(aes_256_ecb) each(aes_128_cbc) each(aes_192_cbc) each(aes_256_cbc) each(aes_128_ctr) each(aes_256_ctr) \
    each(aes_128_gcm) each(aes_192_gcm) each(aes_256_gcm) each(aes_256_ccm) each(chacha20_poly1305) each(chacha20)
#define SECCODER_DECLARED(name) const struct seccoder_algorithm *EVP_##name(void);
SECCODER_DIGESTS(SECCODER_DECLARED)
SECCODER_CIPHERS(SECCODER_DECLARED)
const EVP_MD *EVP_get_digestbyname(const char *name);
const EVP_CIPHER *EVP_get_cipherbyname(const char *name);
EVP_MD *EVP_MD_fetch(void *library, const char *name, const char *properties);
EVP_CIPHER *EVP_CIPHER_fetch(void *library, const char *name, const char *properties);
void EVP_MD_free(EVP_MD *type);
void EVP_CIPHER_free(EVP_CIPHER *type);
EVP_MD_CTX *EVP_MD_CTX_new(void);
void EVP_MD_CTX_free(EVP_MD_CTX *context);
int EVP_MD_CTX_reset(EVP_MD_CTX *context);
#define EVP_MD_CTX_create EVP_MD_CTX_new
#define EVP_MD_CTX_destroy EVP_MD_CTX_free
#define EVP_MD_CTX_init EVP_MD_CTX_reset
int EVP_DigestInit(EVP_MD_CTX *context, const EVP_MD *type);
int EVP_DigestInit_ex(EVP_MD_CTX *context, const EVP_MD *type, ENGINE *engine);
int EVP_DigestInit_ex2(EVP_MD_CTX *context, const EVP_MD *type, const void *parameters);
int EVP_DigestUpdate(EVP_MD_CTX *context, const void *data, size_t size);
int EVP_DigestFinal(EVP_MD_CTX *context, unsigned char *out, unsigned int *size);
int EVP_DigestFinal_ex(EVP_MD_CTX *context, unsigned char *out, unsigned int *size);
int EVP_Digest(const void *data, size_t count, unsigned char *out, unsigned int *size, const EVP_MD *type, ENGINE *engine);
int EVP_Q_digest(void *library, const char *name, const char *properties, const void *data, size_t count, unsigned char *out, size_t *size);
int EVP_MD_size(const EVP_MD *type);
#define EVP_MD_get_size EVP_MD_size
EVP_CIPHER_CTX *EVP_CIPHER_CTX_new(void);
void EVP_CIPHER_CTX_free(EVP_CIPHER_CTX *context);
int EVP_CIPHER_CTX_reset(EVP_CIPHER_CTX *context);
int EVP_CIPHER_CTX_ctrl(EVP_CIPHER_CTX *context, int type, int number, void *data);
int EVP_CIPHER_CTX_set_padding(EVP_CIPHER_CTX *context, int padding);
int EVP_CIPHER_CTX_set_key_length(EVP_CIPHER_CTX *context, int length);
int EVP_CIPHER_block_size(const EVP_CIPHER *cipher);
int EVP_CIPHER_key_length(const EVP_CIPHER *cipher);
int EVP_CIPHER_iv_length(const EVP_CIPHER *cipher);
#define SECCODER_CRYPTING(name) \
    int EVP_##name##Init(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, const unsigned char *key, const unsigned char *iv); \
    int EVP_##name##Init_ex(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, ENGINE *engine, const unsigned char *key, const unsigned char *iv); \
    int EVP_##name##Update(EVP_CIPHER_CTX *context, unsigned char *out, int *done, const unsigned char *in, int size); \
    int EVP_##name##Final(EVP_CIPHER_CTX *context, unsigned char *out, int *done); \
    int EVP_##name##Final_ex(EVP_CIPHER_CTX *context, unsigned char *out, int *done);
SECCODER_CRYPTING(Encrypt)
SECCODER_CRYPTING(Decrypt)
int EVP_CipherInit_ex(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, ENGINE *engine, const unsigned char *key, const unsigned char *iv, int encrypt);
int EVP_CipherUpdate(EVP_CIPHER_CTX *context, unsigned char *out, int *done, const unsigned char *in, int size);
int EVP_CipherFinal_ex(EVP_CIPHER_CTX *context, unsigned char *out, int *done);
#define SECCODER_OLD(name, init, type) \
    int init##_Init(type *context); \
    int init##_Update(type *context, const void *data, size_t size); \
    int init##_Final(unsigned char *out, type *context); \
    unsigned char *name(const unsigned char *data, size_t size, unsigned char *out);
#define SECCODER_OLD_DIGESTS(each) each(MD2, MD2, MD2_CTX) each(MD4, MD4, MD4_CTX) each(MD5, MD5, MD5_CTX) each(SHA1, SHA1, SHA_CTX) \
    each(SHA256, SHA256, SHA256_CTX) each(SHA512, SHA512, SHA512_CTX) each(RIPEMD160, RIPEMD160, RIPEMD160_CTX)
SECCODER_OLD_DIGESTS(SECCODER_OLD)
unsigned char *SHA224(const unsigned char *data, size_t size, unsigned char *out);
unsigned char *SHA384(const unsigned char *data, size_t size, unsigned char *out);
unsigned char *HMAC(const EVP_MD *type, const void *key, int length, const unsigned char *data, size_t size, unsigned char *out, unsigned int *count);
int PKCS5_PBKDF2_HMAC(const char *pass, int length, const unsigned char *salt, int salted, int rounds, const EVP_MD *type, int size, unsigned char *out);
int PKCS5_PBKDF2_HMAC_SHA1(const char *pass, int length, const unsigned char *salt, int salted, int rounds, int size, unsigned char *out);
int EVP_PBE_scrypt(const char *pass, size_t length, const unsigned char *salt, size_t salted, uint64_t n, uint64_t r, uint64_t p, uint64_t most, unsigned char *key, size_t size);
int DES_set_key(const_DES_cblock *key, DES_key_schedule *schedule);
void DES_set_key_unchecked(const_DES_cblock *key, DES_key_schedule *schedule);
int DES_set_key_checked(const_DES_cblock *key, DES_key_schedule *schedule);
void DES_set_odd_parity(DES_cblock *key);
void DES_string_to_key(const char *text, DES_cblock *key);
void DES_ecb_encrypt(const_DES_cblock *in, DES_cblock *out, DES_key_schedule *schedule, int encrypt);
void DES_ncbc_encrypt(const unsigned char *in, unsigned char *out, long size, DES_key_schedule *schedule, DES_cblock *iv, int encrypt);
void DES_cbc_encrypt(const unsigned char *in, unsigned char *out, long size, DES_key_schedule *schedule, DES_cblock *iv, int encrypt);
void RC4_set_key(RC4_KEY *key, int length, const unsigned char *data);
void RC4(RC4_KEY *key, size_t size, const unsigned char *in, unsigned char *out);
void BF_set_key(BF_KEY *key, int length, const unsigned char *data);
void BF_ecb_encrypt(const unsigned char *in, unsigned char *out, const BF_KEY *key, int encrypt);
void BF_cbc_encrypt(const unsigned char *in, unsigned char *out, long size, const BF_KEY *key, unsigned char *iv, int encrypt);
int AES_set_encrypt_key(const unsigned char *key, int bits, AES_KEY *schedule);
int AES_set_decrypt_key(const unsigned char *key, int bits, AES_KEY *schedule);
void AES_encrypt(const unsigned char *in, unsigned char *out, const AES_KEY *key);
void AES_decrypt(const unsigned char *in, unsigned char *out, const AES_KEY *key);
void AES_ecb_encrypt(const unsigned char *in, unsigned char *out, const AES_KEY *key, int encrypt);
void AES_cbc_encrypt(const unsigned char *in, unsigned char *out, size_t size, const AES_KEY *key, unsigned char *iv, int encrypt);
int RAND_bytes(unsigned char *out, int size);
int RAND_priv_bytes(unsigned char *out, int size);
int RAND_status(void);
unsigned long ERR_get_error(void);
char *ERR_error_string(unsigned long error, char *out);
void ERR_error_string_n(unsigned long error, char *out, size_t size);
void ERR_print_errors_fp(FILE *stream);
void ERR_clear_error(void);
void OpenSSL_add_all_algorithms(void);
void OPENSSL_cleanse(void *memory, size_t size);
void *OPENSSL_malloc(size_t size);
void OPENSSL_free(void *memory);
int CRYPTO_memcmp(const void *one, const void *other, size_t size);
#ifdef __cplusplus
}
#endif
#endif
