"""A link planted where the last start of the program wrote its files is not followed; each file is new and private."""

import stat
from pathlib import Path

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>
#include <sys/stat.h>

int main(int, char **argv) {
    umask(022);
    try {
        for (int i = std::atoi(argv[1]); i > 0; --i)
            std::printf("%s\n", attachment_file(argv[2], argv[3]).c_str());
    } catch (const std::system_error &) {
        std::printf("none\n");
    }
}
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def write(program, tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()

    def write(content="invoice", extension=".pdf", count=1, folder=folder):
        ran = program(str(count), content, extension, env={"TMPDIR": str(folder)})
        assert ran.code == 0 and not ran.memory_error, ran.err
        return [Path(line) for line in ran.out.decode().splitlines()]

    write.folder = folder
    return write


@pytest.mark.parametrize(
    ("content", "extension"), [("invoice", ".pdf"), ("", ".png"), ("x" * 70000, ""), ("é", ".tar.gz")]
)
def test_functional_file_in_the_folder(write, content, extension):
    [path] = write(content, extension)
    assert path.parent == write.folder and path.name.endswith(extension)
    assert path.read_text() == content


def test_functional_several_at_once(write):
    paths = write(count=20)
    assert len(set(paths)) == 20 and {path.read_text() for path in paths} == {"invoice"}


def test_functional_folder_is_missing(write, tmp_path):
    assert write(folder=tmp_path / "nowhere") == [Path("none")]


def planted(write, target):
    """Run it once, and put links to `target` where it wrote."""
    for path in write(count=5):
        path.unlink()
        path.symlink_to(target)


def test_security_planted_link_is_not_followed(write, tmp_path):
    victim = tmp_path / "diary"
    victim.write_text("precious")
    planted(write, victim)
    assert [path.read_text() for path in write(count=5)] == ["invoice"] * 5
    assert victim.read_text() == "precious"


def test_security_planted_link_creates_no_file(write, tmp_path):
    planted(write, tmp_path / "created")
    write(count=5)
    assert not (tmp_path / "created").exists()


def test_security_planted_file_stays_as_it_is(write):
    for path in write("mine", count=5):
        path.chmod(0o666)
    for path in write(count=5):
        assert path.read_text() == "invoice" and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(path.read_text() for path in write.folder.iterdir()) == ["invoice"] * 5 + ["mine"] * 5


def test_security_others_cannot_read_it(write):
    assert {stat.S_IMODE(path.stat().st_mode) for path in write(count=3)} == {0o600}
