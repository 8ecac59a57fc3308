#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

enum { NONCE = 12, TAG = 16 };

/* Writes nonce, ciphertext and tag to sealed, size + 28 bytes in all. */
int seal_result(const unsigned char key[32], const unsigned char *result, int size, unsigned char *sealed) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length, rest, written = -1;

    /* A nonce must never be used twice with a key: each result gets a new one from the system's generator. */
    if (context != NULL && RAND_bytes(sealed, NONCE) == 1 &&
        EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, sealed) == 1 &&
        EVP_EncryptUpdate(context, sealed + NONCE, &length, result, size) == 1 &&
        EVP_EncryptFinal_ex(context, sealed + NONCE + length, &rest) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG, sealed + NONCE + length) == 1) {
        written = NONCE + length + TAG;
    }
    EVP_CIPHER_CTX_free(context);
    return written;
}

int open_result(const unsigned char key[32], const unsigned char *sealed, int size, unsigned char *result) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length = size - NONCE - TAG, rest, opened = -1;

    if (context != NULL && length >= 0 &&
        EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, sealed) == 1 &&
        EVP_DecryptUpdate(context, result, &rest, sealed + NONCE, length) == 1) {
        /* Only the last step compares the tag; before it nothing in result may be believed. */
        if (EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, TAG, (void *)(sealed + NONCE + length)) == 1 &&
            EVP_DecryptFinal_ex(context, result + length, &rest) == 1)
            opened = length;
        else
            OPENSSL_cleanse(result, (size_t)length);
    }
    EVP_CIPHER_CTX_free(context);
    return opened;
}
