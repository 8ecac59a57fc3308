"""Passwords are checked; the same password of the same user is stored differently each time."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"

	"demo/subject"
)

func main() {
	out := json.NewEncoder(os.Stdout)
	first, err := accounts.HashPassword("ann", "tulip 7")
	second, _ := accounts.HashPassword("ann", "tulip 7")
	out.Encode([]any{"stored", []string{first, second}})
	out.Encode([]any{"right", err == nil && accounts.CheckPassword("ann", "tulip 7", first)})
	out.Encode([]any{"wrong", accounts.CheckPassword("ann", "tulip 8", first)})
	out.Encode([]any{"empty", accounts.CheckPassword("ann", "", "") || accounts.CheckPassword("ann", "x", "nothing")})
}
"""


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)()
    assert ran.code == 0, ran.err
    return dict(json.loads(line) for line in ran.out.splitlines())


def test_functional_checked(said):
    assert (said["right"], said["wrong"], said["empty"]) == (True, False, False)


def test_security_another_salt_each_time(said):
    first, second = said["stored"]
    assert first != second


def test_security_the_salt_is_not_the_name(said):
    assert all(not stored.startswith("ann") for stored in said["stored"])
