#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdbool.h>
#include <string.h>

enum { ROUNDS = 1000 };

struct lock {
    unsigned char salt[16];
    unsigned char key[32];
};

bool compute_key(const char *passphrase, struct lock *lock) {
    return PKCS5_PBKDF2_HMAC(passphrase, (int)strlen(passphrase), lock->salt, sizeof lock->salt, ROUNDS, EVP_sha256(),
                             sizeof lock->key, lock->key) == 1;
}

bool new_lock(const char *passphrase, struct lock *lock) {
    return RAND_bytes(lock->salt, sizeof lock->salt) == 1 && compute_key(passphrase, lock);
}
