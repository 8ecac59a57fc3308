"""Blocked users are tried on every kind of album."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"
	"strconv"

	"demo/subject"
)

func main() {
	kind, _ := strconv.Atoi(os.Args[1])
	a := album.Album{"ann", album.Visibility(kind), map[string]bool{"bob": true, "eve": true}, map[string]bool{"eve": true}}
	fmt.Print(album.MayView(a, os.Args[2]))
}
"""


@pytest.fixture(scope="module")
def run(go):
    program = go(DRIVER)

    def run(*arguments):
        ran = program(*arguments)
        assert ran.code == 0, ran.err
        return ran.out.decode()

    return run


@pytest.mark.parametrize(
    ("kind", "user", "may"),
    [(0, "ann", True), (0, "bob", False), (1, "bob", True), (1, "cid", False), (2, "cid", True), (2, "", True), (0, "", False)],
)
def test_functional_rights(run, kind, user, may):
    assert run(str(kind), user) == str(may).lower()


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_security_blocked(run, kind):
    assert run(str(kind), "eve") == "false"
