#include <openssl/evp.h>
#include <openssl/rand.h>

#define IV_SIZE 16
#define MAX_MESSAGE 1024

int seal_message(const unsigned char key[32], const unsigned char *message, int size, unsigned char *out) {
    int part = 0, rest = 0;
    /* A new vector for each message, which nobody can foretell. */
    if (size < 0 || size > MAX_MESSAGE || RAND_bytes(out, IV_SIZE) != 1)
        return -1;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    if (context == NULL)
        return -1;
    int sealed = EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), NULL, key, out) == 1 &&
                 EVP_EncryptUpdate(context, out + IV_SIZE, &part, message, size) == 1 &&
                 EVP_EncryptFinal_ex(context, out + IV_SIZE + part, &rest) == 1;
    EVP_CIPHER_CTX_free(context);
    return sealed ? IV_SIZE + part + rest : -1;
}
