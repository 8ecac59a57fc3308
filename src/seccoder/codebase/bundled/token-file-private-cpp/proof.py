"""The mode of the file, new or old, is looked at under a permissive umask."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <sys/stat.h>

int main(int, char **argv) {
    umask(0);
    std::printf("%d", save_token(argv[1], argv[2]));
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


def test_functional_written_and_replaced(run, tmp_path):
    path = tmp_path / "token"
    assert run(str(path), "a longer token") == "1" and path.read_text() == "a longer token"
    assert run(str(path), "short") == "1" and path.read_text() == "short"
    assert run(str(tmp_path / "no" / "token"), "x") == "0"


def test_security_new_file(run, tmp_path):
    run(str(tmp_path / "token"), "secret")
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600


def test_security_old_file_that_was_open_to_all(run, tmp_path):
    (tmp_path / "token").write_text("old")
    (tmp_path / "token").chmod(0o666)
    run(str(tmp_path / "token"), "secret")
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600
