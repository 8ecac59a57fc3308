"""Results come back, no two blocks are alike, and a block that was changed in any way is refused.

OpenSSL need not be there: a stand-in with its functions keeps to its rules (modes, nonces, padding, tags) with a toy
in place of the ciphers, and tells the name of the cipher that was asked for.
"""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    unsigned char key[32], in[8192], *exact, out[8300];
    memset(key, atoi(argv[2]), sizeof key);
    int size = (int)fread(in, 1, sizeof in, stdin);
    exact = malloc(size);
    memcpy(exact, in, size);
    int length = (*argv[1] == 's' ? seal_result : open_result)(key, exact, size, out);
    free(exact);
    if (length < 0)
        return 3;
    fwrite(out, 1, length, stdout);
}
"""
BLOCK = b"potassium 4.1 mm"  # as long as a block of AES


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER, "-Igiven")


@pytest.fixture
def run(program):
    def run(what, data, key=7, env=None):
        ran = program(what, str(key), stdin=data, env=env)
        assert not ran.memory_error, ran.err
        assert ran.code in (0, 3)
        run.ciphers = ran.err.decode().split()
        return ran.out if ran.code == 0 else None

    return run


@pytest.mark.parametrize("result", [b"", b"x", BLOCK, BLOCK * 3 + b"end", bytes(range(256)) * 20])
def test_functional_comes_back(run, result):
    sealed = run("seal", result)
    assert run("open", sealed) == result


def test_functional_is_not_readable(run):
    assert b"potassium" not in run("seal", BLOCK)


def test_functional_nothing_is_no_block(run):
    assert run("open", b"") is None
    assert run("open", b"short") is None


def test_security_same_result_looks_different(run):
    assert len({run("seal", BLOCK) for _ in range(20)}) == 20


def test_security_repetitions_do_not_show(run):
    sealed = run("seal", BLOCK * 16)
    for start in range(16):
        blocks = [sealed[place : place + 16] for place in range(start, len(sealed) - 15, 16)]
        assert len(blocks) == len(set(blocks))


def test_security_beginnings_do_not_show(run):
    first, second = run("seal", BLOCK * 8), run("seal", BLOCK * 8 + b"!")
    assert not {first[place : place + 16] for place in range(80)} & {second[place : place + 16] for place in range(80)}


def test_security_authenticated_cipher(run):
    run("seal", BLOCK)
    assert run.ciphers and set(run.ciphers) <= {"aes-256-gcm", "chacha20-poly1305"}


def test_security_every_changed_byte_is_noticed(run):
    sealed = run("seal", BLOCK * 2)
    for place in range(0, len(sealed), 3):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert run("open", bytes(changed)) is None


def test_security_blocks_cannot_be_exchanged_or_left_out(run):
    sealed = run("seal", BLOCK + b"sodium   140 mm." + BLOCK)
    for start in range(0, len(sealed) - 32):
        a, b, rest = sealed[start : start + 16], sealed[start + 16 : start + 32], sealed[start + 32 :]
        assert run("open", sealed[:start] + b + a + rest) is None
        assert run("open", sealed[:start] + rest) is None


def test_security_other_key(run):
    assert run("open", run("seal", BLOCK * 2), key=8) is None


def test_security_no_randomness_no_block(run):
    assert run("seal", BLOCK, env={"NO_RANDOM": "1"}) is None
