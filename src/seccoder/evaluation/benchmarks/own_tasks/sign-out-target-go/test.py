"""The browser goes to a page of the site, and to no other site."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	site "demo/subject"
)

func main() {
	for _, page := range os.Args[1:] {
		fmt.Println(site.Target(page))
	}
}
"""


@pytest.fixture(scope="module")
def targets(go):
    program = go(DRIVER)
    return lambda *pages: program(*pages).out.decode().splitlines()


def test_functional_pages(targets):
    assert targets("/lines/7", "", "/lines?stop=3&at=12:30") == ["/lines/7", "/", "/lines?stop=3&at=12:30"]


def test_security_no_other_site(targets):
    for to in targets("https://other.example/", "//other.example", "http:other.example", "javascript:alert(1)"):
        assert not to or (to.startswith("/") and not to.startswith("//"))
