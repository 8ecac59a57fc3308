"""The modes of directory and file, new or old, are looked at."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"
	"syscall"

	"demo/subject"
)

func main() {
	syscall.Umask(0)
	fmt.Print(config.SaveToken(os.Args[1], os.Args[2]))
}
"""


@pytest.fixture(scope="module")
def run(go):
    program = go(DRIVER)

    def run(*arguments):
        ran = program(*arguments)
        assert ran.code == 0, ran.err
        return ran.out.decode()

    return run


def test_functional_saved_and_replaced(run, tmp_path):
    folder = tmp_path / "a" / "b"
    assert run(str(folder), "a longer token") == "<nil>" and (folder / "token").read_text() == "a longer token"
    assert run(str(folder), "short") == "<nil>" and (folder / "token").read_text() == "short"


def test_security_new(run, tmp_path):
    folder = tmp_path / "new"
    run(str(folder), "s3cr3t")
    assert [each.stat().st_mode & 0o077 for each in (folder, folder / "token")] == [0, 0]


def test_security_old_file_that_was_open_to_all(run, tmp_path):
    (tmp_path / "token").write_text("old")
    (tmp_path / "token").chmod(0o666)
    run(str(tmp_path), "s3cr3t")
    assert (tmp_path / "token").stat().st_mode & 0o077 == 0
