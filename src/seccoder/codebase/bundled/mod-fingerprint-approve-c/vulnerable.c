#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { FINGERPRINT_SIZE = 2 * EVP_MAX_MD_SIZE + 1 };

bool archive_fingerprint(FILE *archive, char fingerprint[FINGERPRINT_SIZE]) {
    unsigned char block[16384], digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    size_t read;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool done = context != NULL && EVP_DigestInit_ex(context, EVP_md5(), NULL) == 1;

    while (done && (read = fread(block, 1, sizeof block, archive)) > 0) {
        done = EVP_DigestUpdate(context, block, read) == 1;
    }
    done = done && !ferror(archive) && EVP_DigestFinal_ex(context, digest, &size) == 1;
    EVP_MD_CTX_free(context);
    for (unsigned int i = 0; done && i < size; i++) {
        snprintf(fingerprint + 2 * i, 3, "%02x", digest[i]);
    }
    return done;
}

bool archive_approved(FILE *archive, const char *approved) {
    char fingerprint[FINGERPRINT_SIZE];

    return archive_fingerprint(archive, fingerprint) && strcmp(fingerprint, approved) == 0;
}
