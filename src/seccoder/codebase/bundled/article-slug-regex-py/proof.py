"""No text keeps the check busy: the hostile ones would keep the twin for ages, and 5 seconds are ample."""

import subprocess
import sys
from pathlib import Path

import pytest
import subject

HOSTILE = ["a" * 199 + "!", "a" * 199 + "-", "a-" * 100, "a" * 150 + "--" + "a" * 40, "0a" * 99 + "\n"]


@pytest.mark.parametrize("text", ["a", "7", "spring-sale-2024", "a-b-c-1-2-3", "x" * 200])
def test_functional_slug(text):
    assert subject.is_slug(text)


@pytest.mark.parametrize("text", ["", "-", "-a", "a-", "a--b", "A", "a b", "a_b", "ä", "a/b", "x" * 201])
def test_functional_not_a_slug(text):
    assert not subject.is_slug(text)


def test_security_hostile_texts_end_at_once():
    code = f"import subject\nfor text in {HOSTILE!r} + ['a' * 1000000 + '!']:\n    assert not subject.is_slug(text)"
    folder = Path(subject.__file__).parent
    try:
        ended = subprocess.run([sys.executable, "-c", code], cwd=folder, timeout=5, capture_output=True).returncode
    except subprocess.TimeoutExpired:
        ended = None
    assert ended == 0


def test_security_newline_at_the_end():
    assert not subject.is_slug("spring-sale\n")
