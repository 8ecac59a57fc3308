"""Files are sorted, and no name of a file is run."""

from pathlib import Path

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	list "demo/subject"
)

func main() {
	printed, err := list.Sorted(os.Args[1])
	if err != nil {
		os.Exit(3)
	}
	fmt.Print(printed)
}
"""


@pytest.fixture(scope="module")
def sort(go):
    return go(DRIVER)


def test_functional_sorted(sort):
    Path("mails.txt").write_text("b@x\na@x\nb@x\n")
    assert sort("mails.txt").out.split() == [b"a@x", b"b@x"]
    assert sort("missing.txt").code == 3


@pytest.mark.parametrize("name", ["a; touch pwned", "$(touch pwned)", "`touch pwned`", "a && touch pwned"])
def test_security_names_are_not_run(sort, name):
    Path("a").write_text("x\n")
    Path(name).write_text("y\n")
    sort(name)
    assert not Path("pwned").exists()
