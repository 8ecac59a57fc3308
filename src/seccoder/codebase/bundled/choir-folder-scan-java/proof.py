"""The page is asked for many times, and the process has no more files open than before."""

from pathlib import Path

import pytest

DRIVER = r"""
import static given.Said.show;

import java.io.File;
import java.nio.file.Path;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        show("songs", () -> SongBook.verses(Path.of("songs")));
        show("empty", () -> SongBook.verses(Path.of("empty")));
        show("missing", () -> SongBook.verses(Path.of("missing")));
        for (String folder : new String[] {"songs", "empty", "broken"}) {
            int before = open();
            for (int i = 0; i < 40; i++) SongBook.verses(Path.of(folder));
            int more = open() - before;
            show("left open in " + folder, () -> more);
        }
    }

    static int open() {
        return new File("/proc/self/fd").list().length;
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    for name in ("songs/inner.txt", "empty", "broken"):
        Path(name).mkdir(parents=True)
    Path("songs/Morning.txt").write_text("One\nTwo\n\nThree\n \n\nFour")
    Path("songs/Évening.txt").write_text("\n\nÜber\nuns\n")
    Path("songs/Silence.txt").write_text("")
    Path("songs/notes.md").write_text("a\n\nb")
    Path("songs/Scan.txt").write_bytes(b"verse\n\n\xff\xfe\n")
    Path("broken/Scan.txt").write_bytes(b"\xff\xfe\n")
    return java(DRIVER)().said


def test_functional_counts(said):
    assert said["songs"] == "{Morning=3, Scan=0, Silence=0, Évening=1}"
    assert said["empty"] == "{}" and said["missing"] == "!NoSuchFileException"


@pytest.mark.parametrize("folder", ["songs", "empty", "broken"])
def test_security_nothing_stays_open(said, folder):
    assert said[f"left open in {folder}"] <= 5
