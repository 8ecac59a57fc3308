"""Digests tell files apart, by a function for which nobody can make two that are alike."""

import hashlib

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	firmware "demo/subject"
)

func main() {
	fmt.Print(firmware.Digest([]byte(os.Args[1])))
}
"""


@pytest.fixture(scope="module")
def digest(go):
    program = go(DRIVER)
    return lambda content: program(content).out.decode().lower()


def known(content, names):
    return {hashlib.new(name, content.encode()).hexdigest() for name in names}


def test_functional_digests(digest):
    names = [name for name in hashlib.algorithms_guaranteed if not name.startswith("shake")]
    for content in ("abc", "", "x" * 1000):
        assert digest(content) in known(content, names)


def test_security_no_broken_function(digest):
    assert digest("abc") not in known("abc", ("md5", "sha1"))
