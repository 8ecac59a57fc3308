#include <openssl/evp.h>
#include <stdbool.h>

bool image_is_ours(EVP_PKEY *ours, const unsigned char *image, size_t size, const unsigned char *signature,
                   size_t signature_size) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context == NULL)
        return false;
    bool right = EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, ours) &&
                 EVP_DigestVerify(context, signature, signature_size, image, size);
    EVP_MD_CTX_free(context);
    return right;
}
