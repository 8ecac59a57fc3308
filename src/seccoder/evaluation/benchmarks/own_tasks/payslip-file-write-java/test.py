"""Payslips are in files of their own that nobody else can read."""

import stat
from pathlib import Path

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        for (String text : arguments) show(text, () -> Payslips.write(text).getAbsolutePath());
    }
}
"""


@pytest.fixture(scope="module")
def files(java):
    said = java(DRIVER)("Ann: 3100", "Bob: 2900").said
    return {text: Path(path) for text, path in said.items() if not path.startswith("!")}


def test_functional_files(files):
    assert len(set(files.values())) == 2 and all(path.read_text().strip() == text for text, path in files.items())


def test_security_for_the_user_alone(files):
    for path in files.values():
        assert not path.exists() or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
