"""Whatever the umask and whatever was there before, only the owner can read the file that holds the token."""

import stat

import pytest

DRIVER = r"""
#include <stdlib.h>
#include <sys/stat.h>
#include "subject.c"

int main(int argc, char **argv) {
    umask((mode_t)strtoul(argv[1], NULL, 8));
    printf("%d", save_token(argv[2], argv[3]));
}
"""
BUILT = []


@pytest.fixture
def save(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def save_token(path, token, umask="022"):
        ran = BUILT[0](umask, str(path), token)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return save_token


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_functional_saves_and_replaces(save, tmp_path):
    path = tmp_path / "token"
    assert save(path, "a-long-first-token") == "0"
    assert path.read_text() == "a-long-first-token\n"
    assert save(path, "second") == "0"
    assert path.read_text() == "second\n"


def test_functional_failure(save, tmp_path):
    assert save(tmp_path / "missing" / "token", "t") == "-1"
    assert save(tmp_path, "t") == "-1"


@pytest.mark.parametrize("umask", ["000", "002", "022", "077"])
def test_security_new_file(save, tmp_path, umask):
    assert save(tmp_path / "token", "s3cret", umask) == "0"
    assert mode(tmp_path / "token") == 0o600


@pytest.mark.parametrize("before", [0o666, 0o644, 0o640, 0o700])
def test_security_older_file_with_a_wider_mode(save, tmp_path, before):
    path = tmp_path / "token"
    path.write_text("old")
    path.chmod(before)
    assert save(path, "s3cret") == "0"
    assert mode(path) == 0o600
    assert path.read_text() == "s3cret\n"


def test_security_reader_of_the_older_file(save, tmp_path):
    path = tmp_path / "token"
    path.write_text("")
    with path.open() as eavesdropper:
        assert save(path, "s3cret") == "0"
        assert eavesdropper.read() == ""
