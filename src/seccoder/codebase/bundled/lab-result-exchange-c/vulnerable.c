#include <openssl/evp.h>

/* Writes up to size + 16 bytes to sealed. */
int seal_result(const unsigned char key[32], const unsigned char *result, int size, unsigned char *sealed) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length, rest, written = -1;

    if (context != NULL && EVP_EncryptInit_ex(context, EVP_aes_256_ecb(), NULL, key, NULL) == 1 &&
        EVP_EncryptUpdate(context, sealed, &length, result, size) == 1 &&
        EVP_EncryptFinal_ex(context, sealed + length, &rest) == 1) {
        written = length + rest;
    }
    EVP_CIPHER_CTX_free(context);
    return written;
}

int open_result(const unsigned char key[32], const unsigned char *sealed, int size, unsigned char *result) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length, rest, opened = -1;

    if (context != NULL && EVP_DecryptInit_ex(context, EVP_aes_256_ecb(), NULL, key, NULL) == 1 &&
        EVP_DecryptUpdate(context, result, &length, sealed, size) == 1 &&
        EVP_DecryptFinal_ex(context, result + length, &rest) == 1) {
        opened = length + rest;
    }
    EVP_CIPHER_CTX_free(context);
    return opened;
}
