"""The administrator has the token; where there is none, nobody is the administrator."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"net/http/httptest"
	"os"

	podcast "demo/subject"
)

func main() {
	r := httptest.NewRequest("GET", "/settings", nil)
	if len(os.Args) > 2 {
		r.Header.Set("X-Admin-Token", os.Args[2])
	}
	fmt.Print(podcast.IsAdmin(r, os.Args[1]))
}
"""


@pytest.fixture(scope="module")
def admin(go):
    program = go(DRIVER)
    return lambda *arguments: program(*arguments).out


def test_functional_token(admin):
    assert admin("t0ken", "t0ken") == b"true"
    assert admin("t0ken", "other") == b"false" and admin("t0ken") == b"false"


def test_security_no_token_was_set(admin):
    assert b"true" not in (admin("", ""), admin(""), admin("", "x"))
