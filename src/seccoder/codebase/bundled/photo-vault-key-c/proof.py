"""A passphrase gives its vault's key again, and each guess costs hundreds of thousands of rounds.

OpenSSL need not be there: a stand-in prints what the key derivation was asked for, and Python's own then computes it;
on a second run the code gets that result.
"""

import hashlib
from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
typedef struct { const char *name; } EVP_MD;
#define STAND_IN(function, name) \
    static inline const EVP_MD *function(void) { static const EVP_MD it = {name}; return &it; }
STAND_IN(EVP_md5, "md5")
STAND_IN(EVP_sha1, "sha1")
STAND_IN(EVP_sha256, "sha256")
STAND_IN(EVP_sha512, "sha512")
static inline void stand_in_show(const void *bytes, int size) {
    for (int i = 0; i < size; i++)
        fprintf(stderr, "%02x", ((const unsigned char *)bytes)[i]);
    fputc('\n', stderr);
}
static inline int PKCS5_PBKDF2_HMAC(const char *pass, int size, const unsigned char *salt, int salt_size, int rounds,
                                    const EVP_MD *digest, int wanted, unsigned char *key) {
    fprintf(stderr, "%s\n%d\n%d\n", digest->name, rounds, wanted);
    stand_in_show(pass, size < 0 ? (int)strlen(pass) : size);
    stand_in_show(salt, salt_size);
    const char *derived = getenv("DERIVED");
    if (derived == NULL)
        return 0;
    for (int i = 0; i < wanted; i++)
        sscanf(derived + 2 * i, "%2hhx", key + i);
    return 1;
}
static inline int RAND_bytes(unsigned char *bytes, int size) {
    const char *given = getenv("RANDOM_BYTES");
    if (getenv("NO_RANDOM") != NULL)
        return 0;
    if (given == NULL)
        return getrandom(bytes, size, 0) == size;
    memset(bytes, atoi(given), size);
    return 1;
}
"""
DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    struct lock lock;
    memset(&lock, 0, sizeof lock);
    for (size_t i = 0; argc > 2 && i < sizeof lock.salt; i++)
        sscanf(argv[2] + 2 * i, "%2hhx", lock.salt + i);
    if (!(argc > 2 ? compute_key : new_lock)(argv[1], &lock))
        return puts("none"), 0;
    for (size_t i = 0; i < sizeof lock; i++)
        printf("%02x", ((unsigned char *)&lock)[i]);
}
"""


@pytest.fixture(scope="module")
def program(build):
    Path("openssl").mkdir(exist_ok=True)
    Path("openssl/evp.h").write_text(HEADER)
    Path("openssl/rand.h").write_text('#include "evp.h"\n')
    return build(DRIVER, "-I.")


@pytest.fixture
def run(program):
    def call(*arguments, **env):
        ran = program(*arguments, env=env)
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode().strip(), ran.err.decode().split("\n")

    def run(passphrase, salt=None, number=1):
        """Salt, key and rounds of a lock that is new, or of the one with that salt."""
        arguments = [passphrase] if salt is None else [passphrase, salt]
        _, (digest, rounds, wanted, word, used, *_) = call(*arguments, RANDOM_BYTES=str(number))
        key = hashlib.pbkdf2_hmac(digest, bytes.fromhex(word), bytes.fromhex(used), int(rounds), int(wanted)).hex()
        lock, _ = call(*arguments, RANDOM_BYTES=str(number), DERIVED=key)
        run.asked = digest, int(rounds), used
        return lock[:32], lock[32:]

    run.call = call
    return run


@pytest.mark.parametrize("passphrase", ["tulip", "", "correct horse battery staple " * 4, "Grüße"])
def test_functional_same_key_again(run, passphrase):
    salt, key = run(passphrase)
    assert len(key) == 64 and run(passphrase, salt) == (salt, key)


def test_functional_other_passphrase(run):
    salt, key = run("tulip")
    assert run("tulips", salt)[1] != key != run("tuli", salt)[1]


def test_functional_failures(run):
    assert run.call("tulip", NO_RANDOM="1", DERIVED="00" * 32)[0] == "none"
    assert run.call("tulip")[0] == "none"


def test_security_salt_of_its_own(run):
    assert len({run.call("tulip", DERIVED="00" * 32)[0][:32] for _ in range(10)}) == 10
    assert run("tulip", number=1)[1] != run("tulip", number=2)[1]


@pytest.mark.parametrize("passphrase", ["tulip", "correct horse battery staple"])
def test_security_a_guess_is_expensive(run, passphrase):
    for salt in (None, "07" * 16):
        run(passphrase, salt)
        digest, rounds, used = run.asked
        assert digest in ("sha256", "sha512") and rounds >= 210_000 and len(used) >= 32
