"""Stories are text on the page, and no markup."""

import html
import re

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	story "demo/subject"
)

func main() {
	fmt.Print(story.Page(os.Args[1], os.Args[2]))
}
"""


@pytest.fixture(scope="module")
def page(go):
    program = go(DRIVER)
    return lambda *typed: program(*typed).out.decode()


def test_functional_page(page):
    shown = html.unescape(page("My cat", "It sleeps & eats."))
    assert re.search(r"<h1[^>]*>\s*My cat\s*</h1>", shown) and re.search(r"<p[^>]*>\s*It sleeps & eats\.\s*</p>", shown)


def test_security_typed_text_is_no_markup(page):
    for typed in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>"):
        for shown in (page(typed, "x"), page("x", typed)):
            assert "<script" not in shown and "<img" not in shown
