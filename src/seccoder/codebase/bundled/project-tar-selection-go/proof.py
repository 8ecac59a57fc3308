"""The real tar is run: chosen files are archived, whatever they are called, and no name changes what tar does."""

import io
import tarfile

import pytest

DRIVER = r"""
package main

import (
	"os"

	"demo/subject"
)

func main() {
	if err := export.Archive(os.Args[1], os.Args[2:], os.Stdout); err != nil {
		os.Exit(1)
	}
}
"""


@pytest.fixture(scope="module")
def program(go):
    return go(DRIVER)


@pytest.fixture
def archive(program, tmp_path):
    project = tmp_path / "project"
    (project / "figures").mkdir(parents=True)
    for name in ["report.txt", "data.csv", "it's $HOME; *.txt"]:
        (project / name).write_text(name)
    (project / "figures" / "one.svg").write_text("<svg/>")
    (tmp_path / "secret").write_text("SECRET")

    def run(*names):
        ran = program(str(project), *names)
        members = {}
        if ran.out:
            with tarfile.open(fileobj=io.BytesIO(ran.out)) as tar:
                members = {m.name: tar.extractfile(m).read().decode() for m in tar if m.isfile()}
        return ran.code, members

    run.project = project
    return run


def test_functional_chosen_files(archive):
    assert archive("report.txt", "data.csv") == (0, {"report.txt": "report.txt", "data.csv": "data.csv"})
    assert archive("it's $HOME; *.txt") == (0, {"it's $HOME; *.txt": "it's $HOME; *.txt"})
    assert archive("figures") == (0, {"figures/one.svg": "<svg/>"})


@pytest.mark.parametrize("name", ["..", "../secret", "/etc/hosts", "figures/one.svg", ""])
def test_functional_only_names_in_the_folder(archive, name):
    assert archive("report.txt", name) == (1, {})


def test_functional_missing_file(archive):
    assert archive("nothing.txt")[0] == 1


@pytest.mark.parametrize(
    "names",
    [
        ["--checkpoint=1", "--checkpoint-action=exec=touch pwned", "report.txt"],
        ["report.txt", "--checkpoint=1", "--checkpoint-action=exec=touch pwned"],
        ["--use-compress-program=touch pwned; cat", "report.txt"],
        ["-Itouch pwned; cat", "report.txt"],
        ["--to-command=touch pwned", "report.txt"],
        ["report.txt", "--file=pwned"],
        ["report.txt", "-fpwned"],
        ["report.txt", "--index-file=pwned", "-v"],
    ],
)
def test_security_no_command_and_no_other_file(archive, names):
    code, _ = archive(*names)
    assert not (archive.project / "pwned").exists()
    assert code != 0


@pytest.mark.parametrize("names", [["-C..", "secret"], ["--directory=..", "secret"], ["--remove-files", "report.txt"]])
def test_security_no_other_folder_and_nothing_is_removed(archive, names):
    assert "secret" not in archive(*names)[1]
    assert (archive.project / "report.txt").exists()


@pytest.mark.parametrize("name", ["-draft.txt", "--help", "--", "--checkpoint-action=exec=id", "-Tlist"])
def test_security_file_whose_name_looks_like_an_option(archive, name):
    (archive.project / name).write_text("content")
    assert archive(name) == (0, {name: "content"})
