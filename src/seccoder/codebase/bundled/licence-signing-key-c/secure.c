#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <string.h>

static EVP_PKEY *new_key(void) {
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
    EVP_PKEY *key = NULL;

    /* Programs in the field keep the public key for years: 3072 bits are meant to last beyond 2030. */
    if (context == NULL || EVP_PKEY_keygen_init(context) <= 0 ||
        EVP_PKEY_CTX_set_rsa_keygen_bits(context, 3072) <= 0 || EVP_PKEY_keygen(context, &key) <= 0) {
        key = NULL;
    }
    EVP_PKEY_CTX_free(context);
    return key;
}

int make_signing_key(FILE *private_file, FILE *public_file, char *passphrase) {
    EVP_PKEY *key = new_key();
    int result = -1;

    if (key != NULL &&
        PEM_write_PKCS8PrivateKey(private_file, key, EVP_aes_256_cbc(), passphrase, (int)strlen(passphrase), NULL,
                                  NULL) == 1 &&
        PEM_write_PUBKEY(public_file, key) == 1 && fflush(private_file) == 0 && fflush(public_file) == 0) {
        result = 0;
    }
    EVP_PKEY_free(key);
    return result;
}
