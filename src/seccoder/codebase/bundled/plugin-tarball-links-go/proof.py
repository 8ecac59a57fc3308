"""Plugins land in their folder; names, links of both kinds and chains of links write and read nothing outside."""

import io
import tarfile

import pytest

DRIVER = r"""
package main

import (
	"archive/tar"
	"compress/gzip"
	"os"

	"demo/subject"
)

func main() {
	archive, err := gzip.NewReader(os.Stdin)
	if err == nil {
		err = plugin.Install(tar.NewReader(archive), os.Args[1])
	}
	if err != nil {
		os.Stdout.WriteString("refused")
	}
}
"""


@pytest.fixture(scope="module")
def program(go):
    return go(DRIVER)


@pytest.fixture
def install(program, tmp_path):
    (tmp_path / "plugins" / "hello").mkdir(parents=True)
    (tmp_path / "plugins" / "other").mkdir()
    (tmp_path / "settings").write_text("kept")

    def run(*entries):
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w:gz") as tar:
            for name, content, *link in entries:
                entry = tarfile.TarInfo(name.replace("{home}", str(tmp_path)))
                entry.mode = 0o755 if name.endswith(".sh") else 0o644
                if link:
                    entry.type, entry.linkname = link[0], content.replace("{home}", str(tmp_path))
                    tar.addfile(entry)
                elif content is None:
                    entry.type = tarfile.DIRTYPE
                    tar.addfile(entry)
                else:
                    entry.size = len(content)
                    tar.addfile(entry, io.BytesIO(content.encode()))
        return program(str(tmp_path / "plugins" / "hello"), stdin=archive.getvalue()).out.decode()

    return run


def test_functional_files_folders_and_modes(install, tmp_path):
    assert install(("./", None), ("./bin", None), ("./bin/run.sh", "echo"), ("docs/de/readme.md", "Hallo")) == ""
    hello = tmp_path / "plugins" / "hello"
    assert (hello / "bin" / "run.sh").read_text() == "echo"
    assert (hello / "bin" / "run.sh").stat().st_mode & 0o777 == 0o755
    assert (hello / "docs" / "de" / "readme.md").read_text() == "Hallo"
    assert (hello / "docs" / "de" / "readme.md").stat().st_mode & 0o111 == 0


def test_functional_no_archive(program, tmp_path):
    assert program(str(tmp_path), stdin=b"not a gzip file").out == b"refused"


SYMBOLIC, HARD = tarfile.SYMTYPE, tarfile.LNKTYPE
ATTACKS = {
    "dots": [("../other/x", "evil"), ("../../settings", "evil")],
    "dots inside": [("bin/../../../settings", "evil")],
    "absolute": [("{home}/settings", "evil")],
    "link to a folder": [("out", "../other", SYMBOLIC), ("out/x", "evil")],
    "link to an absolute folder": [("out", "{home}/plugins/other", SYMBOLIC), ("out/x", "evil")],
    "link to a file": [("out", "../../settings", SYMBOLIC), ("out", "evil")],
    "dangling link": [("out", "../other/x", SYMBOLIC), ("out", "evil")],
    "chain of links": [("a", ".", SYMBOLIC), ("a/b", "..", SYMBOLIC), ("a/b/other/x", "evil")],
    "hard link": [("out", "../../settings", HARD), ("out", "evil")],
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_nothing_is_written_outside(install, tmp_path, attack):
    install(*ATTACKS[attack])
    assert (tmp_path / "settings").read_text() == "kept"
    assert not list((tmp_path / "plugins" / "other").iterdir())


def test_security_no_link_that_shows_another_file(install, tmp_path):
    install(("readme.md", "../../settings", SYMBOLIC))
    readme = tmp_path / "plugins" / "hello" / "readme.md"
    assert not readme.is_symlink()
