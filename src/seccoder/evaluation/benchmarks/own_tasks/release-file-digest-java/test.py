"""Digests tell contents apart, by a function for which nobody can make two that are alike."""

import hashlib
import re

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        for (String content : arguments) show(content, () -> Releases.digest(content.getBytes()));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)("abc", "abd", "x" * 1000).said


def test_functional_digests(said):
    found = [str(each).lower() for each in said.values()]
    assert len(set(found)) == 3 and all(re.fullmatch(r"[0-9a-f]{32,}", each) for each in found)
    assert any(hashlib.new(name, b"abc").hexdigest() == found[0] for name in hashlib.algorithms_guaranteed if not name.startswith("shake"))


def test_security_no_broken_function(said):
    assert str(said["abc"]).lower() not in {hashlib.new(name, b"abc").hexdigest() for name in ("md5", "sha1")}
