"""The page is parsed as a browser would: no value adds an element, an attribute or an address that runs code."""

import json
import re
from html.parser import HTMLParser

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"encoding/json"
	"os"

	"demo/subject"
)

func main() {
	var cases [][]programme.Film
	json.Unmarshal([]byte(os.Args[1]), &cases)
	for _, films := range cases {
		var page bytes.Buffer
		if err := programme.Render(&page, films); err != nil {
			panic(err)
		}
		json.NewEncoder(os.Stdout).Encode(page.String())
	}
}
"""
PLAIN = {
    "Title": "Metropolis",
    "Trailer": "https://films.example/42?lang=de",
    "Remark": "A must, with live music.",
    "Member": "Ann Lee",
}
ATTACKS = [
    "<script>alert(1)</script>",
    "</h2></p><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
]
CASES = [[], [PLAIN], [PLAIN, {**PLAIN, "Title": "Tom & Jerry", "Trailer": ""}]]
CASES += [[{**PLAIN, field: attack}] for field in PLAIN for attack in ATTACKS]
CASES += [[{**PLAIN, "Trailer": address}] for address in ADDRESSES]


class Page(HTMLParser):
    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.skeleton, self.links, self.words = [], [], ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.skeleton.append((tag, *(name for name, _ in attributes)))
        self.links += [value for name, value in attributes if name == "href"]

    def handle_data(self, data):
        self.words += data


@pytest.fixture(scope="module")
def pages(go):
    ran = go(DRIVER)(json.dumps(CASES))
    pages = [Page(json.loads(line)) for line in ran.out.splitlines()]
    return lambda films: pages[CASES.index(films)]


def test_functional_film(pages):
    page = pages([PLAIN])
    assert page.links == [PLAIN["Trailer"]]
    assert "Metropolis" in page.words and PLAIN["Remark"] in page.words
    assert ("p", "title") in page.skeleton


def test_functional_several_and_none(pages):
    assert "No films this week." in pages([]).words
    page = pages(CASES[2])
    assert page.skeleton.count(("article",)) == 2 and len(page.links) == 1
    assert "Tom & Jerry" in page.words


@pytest.mark.parametrize("field", PLAIN)
@pytest.mark.parametrize("attack", ATTACKS)
def test_security_no_markup(pages, field, attack):
    assert pages([{**PLAIN, field: attack}]).skeleton == pages([PLAIN]).skeleton


@pytest.mark.parametrize("address", ADDRESSES)
def test_security_no_address_that_runs_code(pages, address):
    for link in pages([{**PLAIN, "Trailer": address}]).links:
        seen = re.sub(r"[\t\r\n]", "", link.lstrip("".join(map(chr, range(33))))).lower()
        assert not seen.startswith(("javascript:", "vbscript:", "data:"))
