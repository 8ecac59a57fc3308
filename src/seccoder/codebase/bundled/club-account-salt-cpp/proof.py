"""A record has the hash for its salt, and two records of the same login and password have two salts."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    try {
        const auto stored = new_account(argv[1], argv[2], [](const std::string &password, const std::string &salt) {
            return password + "@" + salt;
        });
        std::printf("%d ", stored.hash == argv[2] + ("@" + stored.salt));
        for (const unsigned char c : stored.salt)
            std::printf("%02x", c);
    } catch (const std::invalid_argument &) {
        std::printf("refused");
    }
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER)

    def run(*arguments, stdin=b""):
        ran = program(*arguments, stdin=stdin)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


@pytest.mark.parametrize("login", ["ann", "x" * 40, "ö"])
def test_functional_records(run, login):
    right, _, salt = run(login, "rook").partition(" ")
    assert right == "1" and len(salt) == 32


def test_functional_refused(run):
    assert run("", "rook") == run("ann", "") == "refused"


def test_security_salts_are_new(run):
    assert len({run("ann", "rook") for _ in range(12)}) == 12


def test_security_salts_do_not_tell_the_login(run):
    assert b"annabell".hex() not in run("annabell", "rook")
