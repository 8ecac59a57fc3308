"""A turnstile can decrypt what it gets, and who listens cannot tell equal messages or beginnings from others."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    unsigned char key[32] = "key of the turnstile", in[4096], out[1056], plain[1056];
    int size = (int)fread(in, 1, sizeof in, stdin), part = 0, rest = 0;
    int sealed = seal_message(key, in, size, out);
    if (sealed < 0)
        return printf("refused"), 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    EVP_DecryptInit_ex(context, EVP_aes_256_cbc(), NULL, key, out);
    EVP_DecryptUpdate(context, plain, &part, out + 16, sealed - 16);
    int same = EVP_DecryptFinal_ex(context, plain + part, &rest) == 1 && part + rest == size;
    same = same && memcmp(plain, in, size) == 0;
    EVP_CIPHER_CTX_free(context);
    printf("%d ", same);
    for (int i = 0; i < sealed; i++)
        printf("%02x", out[i]);
}
"""


@pytest.fixture(scope="module")
def seal(build):
    program = build(DRIVER, "-Igiven")

    def seal(message):
        ran = program(stdin=message)
        assert not ran.memory_error, ran.err
        same, _, sealed = ran.out.decode().partition(" ")
        return same, bytes.fromhex(sealed)

    return seal


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 1024])
def test_functional_comes_back(seal, size):
    same, sealed = seal(b"m" * size)
    assert same == "1" and len(sealed) == 16 + size // 16 * 16 + 16


def test_functional_too_long(seal):
    assert seal(b"m" * 1025)[0] == "refused"


def test_security_each_vector_is_another(seal):
    assert len({seal(b"open door 3")[1][:16] for _ in range(20)}) == 20


def test_security_equal_messages_look_different(seal):
    one, other = seal(b"member 12 in" + b"." * 40)[1], seal(b"member 12 in" + b"." * 40)[1]
    assert not {one[i : i + 16] for i in range(0, len(one), 16)} & {other[i : i + 16] for i in range(0, len(other), 16)}
