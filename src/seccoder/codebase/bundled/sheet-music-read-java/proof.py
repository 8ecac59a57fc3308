"""Scores in the library are read; nothing outside is, by dots, absolute paths, links or a like-named neighbour."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.nio.file.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        ScoreLibrary library = new ScoreLibrary(Path.of(arguments[0]));
        ScoreLibrary relative = new ScoreLibrary(Path.of("").toAbsolutePath().relativize(Path.of(arguments[0])));
        for (int i = 1; i < arguments.length; i++) {
            String score = arguments[i];
            show(score, () -> new String(library.read(score)));
            show("relative " + score, () -> new String(relative.read(score)));
        }
        show("nul", () -> new String(library.read("gloria.pdf\0.pdf")));
    }
}
"""

SCORES = {"gloria.pdf": "GLORIA", "baroque/magnificat.pdf": "MAGNIFICAT", "two parts..pdf": "TWO"}
OUTSIDE = [
    "../secret.txt",
    "baroque/../../secret.txt",
    "./../secret.txt",
    "../library-old/secret.txt",
    "../library.bak",
    "../other/../secret.txt",
    "link.txt",
    "old/secret.txt",
    "baroque/up/secret.txt",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("data")
    for name, text in SCORES.items():
        path = root / "library" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name in ["secret.txt", "library.bak", "library-old/secret.txt", "other/secret.txt"]:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("SECRET")
    (root / "library" / "link.txt").symlink_to(root / "secret.txt")
    (root / "library" / "old").symlink_to(root / "library-old")
    (root / "library" / "baroque" / "up").symlink_to("../..")
    (root / "library" / "latest.pdf").symlink_to("gloria.pdf")
    return root


@pytest.fixture(scope="module")
def said(java, root):
    paths = [*SCORES, "latest.pdf", "missing.pdf", "gloria.pdf/x", *OUTSIDE, str(root / "secret.txt")]
    return java(DRIVER)(str(root / "library"), *paths).said


@pytest.mark.parametrize("score", SCORES)
def test_functional_scores(said, score):
    assert said[score] == said["relative " + score] == SCORES[score]


def test_functional_link_within_the_library(said):
    assert said["latest.pdf"] == "GLORIA"


def test_functional_missing(said):
    assert said["missing.pdf"] == said["nul"] == "!NoSuchFileException"
    assert said["gloria.pdf/x"].startswith("!")


@pytest.mark.parametrize("path", OUTSIDE)
def test_security_nothing_outside(said, path):
    assert said[path] == said["relative " + path] == "!NoSuchFileException"


def test_security_absolute_path(said, root):
    assert said[str(root / "secret.txt")] == "!NoSuchFileException"
