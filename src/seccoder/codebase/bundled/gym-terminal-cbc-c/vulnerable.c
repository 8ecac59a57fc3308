#include <openssl/evp.h>
#include <string.h>

#define IV_SIZE 16
#define MAX_MESSAGE 1024

int seal_message(const unsigned char key[32], const unsigned char *message, int size, unsigned char *out) {
    int part = 0, rest = 0;
    if (size < 0 || size > MAX_MESSAGE)
        return -1;
    memcpy(out, "turnstile-vector", IV_SIZE);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    if (context == NULL)
        return -1;
    int sealed = EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), NULL, key, out) == 1 &&
                 EVP_EncryptUpdate(context, out + IV_SIZE, &part, message, size) == 1 &&
                 EVP_EncryptFinal_ex(context, out + IV_SIZE + part, &rest) == 1;
    EVP_CIPHER_CTX_free(context);
    return sealed ? IV_SIZE + part + rest : -1;
}
