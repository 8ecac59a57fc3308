"""Lines are counted; texts are neither commands nor options."""

from pathlib import Path

import pytest

DRIVER = r"""
import static given.Said.show;

import java.nio.file.Path;

public class Driver {
    public static void main(String[] arguments) {
        for (String text : arguments)
            show(text, () -> LogSearch.count(Path.of("my log.txt"), text));
        show("no file", () -> LogSearch.count(Path.of("none.txt"), "x"));
    }
}
"""
FINE = {"started": 2, "disk full": 1, "never": 0, "10%": 1}
ATTACKS = {
    '"; touch made; echo "': 0,
    "$(touch made)": 0,
    "`touch made`": 0,
    "-v": 1,
    "--help": 0,
    "$HOME": 1,
    '"': 0,
    "\\": 0,
}


@pytest.fixture(scope="module")
def said(java):
    Path("my log.txt").write_text("started\ndisk full at 10%\nstarted with -v\nhome is $HOME\n")
    return java(DRIVER)(*FINE, *ATTACKS).said


@pytest.mark.parametrize("text", FINE)
def test_functional_counts(said, text):
    assert said[text] == FINE[text]


def test_functional_no_file(said):
    assert said["no file"] == "!IOException"


@pytest.mark.parametrize("text", ATTACKS)
def test_security_texts_are_texts(said, text):
    assert said[text] == ATTACKS[text]


def test_security_nothing_was_run(said):
    assert not Path("made").exists()
