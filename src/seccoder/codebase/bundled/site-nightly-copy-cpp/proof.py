"""The backup holds the customer's own files only, whatever their links point to."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <exception>

int main(int, char **argv) {
    try {
        copy_site(argv[1], argv[2]);
        std::printf("copied");
    } catch (const std::exception &) {
        std::printf("failed");
    }
}
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def folder(tmp_path):
    """Two customers' sites and a file of the system."""
    for name, text in {
        "lily/index.html": "lily's page",
        "lily/img/2024/logo.svg": "<svg/>",
        "omar/orders.csv": "orders of omar",
        "etc/shadow": "root:hash",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "lily/empty").mkdir()
    return tmp_path


@pytest.fixture
def copy(program, folder):
    def copy(site="lily", backup="backup"):
        ran = program(str(folder / site), str(folder / backup))
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode()

    return copy


def contents(folder):
    """Relative path and text of every regular file below a folder, without following links."""
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


OWN = {"index.html": "lily's page", "img/2024/logo.svg": "<svg/>"}


def test_functional_all_files_and_folders(copy, folder):
    assert copy() == "copied"
    assert contents(folder / "backup") == OWN
    assert (folder / "backup/empty").is_dir()
    assert contents(folder / "lily") == OWN


def test_functional_failures(copy, folder):
    assert copy("nobody") == "failed"
    assert copy("lily/index.html") == "failed"
    (folder / "backup").mkdir()
    assert copy() == "failed"
    assert contents(folder / "backup") == {}


@pytest.mark.parametrize("target", ["etc/shadow", "omar/orders.csv"])
@pytest.mark.parametrize("at", ["link.txt", "img/link.txt"])
def test_security_file_behind_a_link(copy, folder, target, at):
    (folder / "lily" / at).symlink_to(folder / target)
    copy()
    assert contents(folder / "backup") == OWN


@pytest.mark.parametrize("target", ["etc", "omar"])
def test_security_folder_behind_a_link(copy, folder, target):
    (folder / "lily/img/album").symlink_to(folder / target)
    copy()
    assert contents(folder / "backup") == OWN
    assert not (folder / "backup/img/album").exists() or (folder / "backup/img/album").is_symlink()


def test_security_relative_link(copy, folder):
    (folder / "lily/img/up").symlink_to("../../omar/orders.csv")
    copy()
    assert contents(folder / "backup") == OWN


def test_security_site_is_a_link(copy, folder):
    (folder / "mine").symlink_to(folder / "omar")
    copy("mine")
    assert not (folder / "backup").exists() or contents(folder / "backup") == {}
