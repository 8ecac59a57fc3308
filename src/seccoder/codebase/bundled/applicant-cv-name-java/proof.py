"""CVs land in the posting's folder; no submitted name puts a file elsewhere or makes it a hidden one."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.io.*;
import java.nio.file.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        Path posting = Path.of(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            String name = arguments[i];
            InputStream cv = new ByteArrayInputStream("my cv".getBytes());
            show(name, () -> posting.relativize(ApplicantFiles.save(posting, name, cv)));
        }
        show("nul", () -> ApplicantFiles.save(posting, "cv.pdf\0.exe", InputStream.nullInputStream()));
    }
}
"""

NAMES = ["cv.pdf", "Resume 2024 (final).docx", "ann-lee_cv.v2.pdf"]
ATTACKS = [
    "../escaped.pdf",
    "....//escaped.pdf",
    "..././escaped.pdf",
    "....//....//escaped.pdf",
    ".../...//escaped.pdf",
    "....\\\\..//escaped.pdf",
    "sub/../../escaped.pdf",
    "..",
    ".",
    "",
    "....//",
    "existing/x.pdf",
    ".htaccess",
    "x" * 101 + "/..",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("careers")
    (root / "jobs" / "baker" / "existing").mkdir(parents=True)
    (root / "jobs" / "baker" / "taken.pdf").write_text("first")
    return root


@pytest.fixture(scope="module")
def said(java, root):
    folder = root / "jobs" / "baker"
    return java(DRIVER)(str(folder), *NAMES, "taken.pdf", *ATTACKS, str(root / "absolute.pdf")).said


@pytest.mark.parametrize("name", NAMES)
def test_functional_plain_names_are_kept(said, root, name):
    assert said[name] == name
    assert (root / "jobs" / "baker" / name).read_text() == "my cv"


def test_functional_existing_file_stays(said, root):
    assert said["taken.pdf"] == "!FileAlreadyExistsException"
    assert (root / "jobs" / "baker" / "taken.pdf").read_text() == "first"


def test_security_files_only_in_the_folder(said, root):
    outside = [path for path in root.rglob("*") if path.is_file() and path.parent != root / "jobs" / "baker"]
    assert outside == []


@pytest.mark.parametrize("name", ATTACKS)
def test_security_nothing_escapes(said, name):
    assert said[name].startswith("!") or ("/" not in said[name] and not said[name].startswith("."))


def test_security_no_hidden_file_and_no_nul(said, root):
    assert said[".htaccess"] == "!IllegalArgumentException"
    assert said["nul"].startswith("!")
