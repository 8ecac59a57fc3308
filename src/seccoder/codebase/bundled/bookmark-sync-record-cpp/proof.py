"""Bookmarks come back; a record that was altered, cut or made with another key does not, and no two records are alike.

OpenSSL need not be there: a stand-in with its functions keeps to its rules (modes, nonces, padding, tags) with a toy
in place of the ciphers, and tells the name of the cipher that was asked for.
"""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main(int, char **argv) {
    Key key;
    key.fill(static_cast<unsigned char>(std::atoi(argv[2])));
    Bytes data;
    for (int c; (c = std::getchar()) != EOF;)
        data.push_back(static_cast<unsigned char>(c));
    data.shrink_to_fit();
    const auto made = *argv[1] == 'e' ? encrypt_bookmark(key, data) : decrypt_bookmark(key, data);
    if (!made)
        return 3;
    for (const unsigned char c : *made)
        std::putchar(c);
}
"""
BOOKMARK = b"https://bakery.example/rye-bread\tRye bread, the slow way"


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER, "-Igiven")


@pytest.fixture
def run(program):
    def run(what, data, key=5, **env):
        ran = program(what, str(key), stdin=data, env=env)
        assert not ran.memory_error, ran.err
        assert ran.code in (0, 3)
        run.ciphers = set(ran.err.decode().split())
        return ran.out if ran.code == 0 else None

    return run


@pytest.mark.parametrize("bookmark", [b"", b"x", BOOKMARK, bytes(range(256)) * 20, b"8 bytes."])
def test_functional_comes_back(run, bookmark):
    assert run("decrypt", run("encrypt", bookmark)) == bookmark


def test_functional_server_cannot_read_it(run):
    record = run("encrypt", BOOKMARK)
    assert b"bakery" not in record and b"bread" not in record


def test_functional_no_record(run):
    assert run("decrypt", b"") is None
    assert run("decrypt", b"8 bytes.") is None


def test_functional_no_randomness_no_record(run):
    assert run("encrypt", BOOKMARK, NO_RANDOM="1") is None


def test_security_records_are_never_alike(run):
    records = [run("encrypt", BOOKMARK) for _ in range(10)]
    assert (
        len(set(records)) == len({record[:8] for record in records}) == len({record[-8:] for record in records}) == 10
    )


def test_security_cipher_of_today(run):
    record = run("encrypt", BOOKMARK)
    assert run.ciphers and run.ciphers <= {"aes-256-gcm", "chacha20-poly1305"}
    run("decrypt", record)
    assert run.ciphers and run.ciphers <= {"aes-256-gcm", "chacha20-poly1305"}


def test_security_altered_record(run):
    record = run("encrypt", BOOKMARK)
    for place in range(len(record)):
        altered = bytearray(record)
        altered[place] ^= 4
        assert run("decrypt", bytes(altered)) is None


def test_security_cut_or_longer_record(run):
    record = run("encrypt", BOOKMARK)
    for size in range(len(record)):
        assert run("decrypt", record[:size]) is None
        assert run("decrypt", record[size:] if size else record + b"!") is None


@pytest.mark.parametrize("key", range(6, 12))
def test_security_key_of_somebody_else(run, key):
    assert run("decrypt", run("encrypt", BOOKMARK), key=key) is None
