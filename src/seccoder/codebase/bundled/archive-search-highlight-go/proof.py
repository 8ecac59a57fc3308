"""The function is used in a template: matches are marked, all other characters reach the reader as characters."""

import json
import re
from html import unescape

import pytest

DRIVER = r"""
package main

import (
	"html/template"
	"encoding/json"
	"os"
	"strings"

	"demo/subject"
)

var page = template.Must(template.New("").Funcs(template.FuncMap{"mark": archive.Highlight}).Parse(
	`{{mark .Text .Term}}`))

func main() {
	var cases [][2]string
	json.Unmarshal([]byte(os.Args[1]), &cases)
	cases = append(cases, [2]string{"<b>bold</b>", "\xff"})
	for _, c := range cases {
		var out strings.Builder
		if err := page.Execute(&out, map[string]string{"Text": c[0], "Term": c[1]}); err != nil {
			panic(err)
		}
		json.NewEncoder(os.Stdout).Encode(out.String())
	}
}
"""

BENIGN = {
    ("Storm over the harbour", "harbour"): "Storm over the <mark>harbour</mark>",
    ("Harbour master in harbour bar", "HARBOUR"): "<mark>Harbour</mark> master in <mark>harbour</mark> bar",
    ("Storm over the harbour", "snow"): "Storm over the harbour",
    ("Storm over the harbour", ""): "Storm over the harbour",
    ("Price: 3.50 (new)", "3.5"): "Price: <mark>3.5</mark>0 (new)",
    ("Price: 3x50 (new)", "3.5"): "Price: 3x50 (new)",
    ("Süße Grüße", "grüße"): "Süße <mark>Grüße</mark>",
}
ATTACKS = [
    ("<script>alert(1)</script>", "alert"),
    ("<script>alert(1)</script>", "nothing"),
    ("<script>alert(1)</script>", ""),
    ("<img src=x onerror=alert(1)>", "x"),
    ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ("a <b", "<"),
    ("Tom & Jerry", "amp"),
    ("1 &lt; 2", "lt"),
    ("say \"hi\" & 'bye'", "hi"),
]
CASES = [*BENIGN, *ATTACKS]


@pytest.fixture(scope="module")
def said(go):
    lines = [json.loads(line) for line in go(DRIVER)(json.dumps(CASES)).out.splitlines()]
    return {**dict(zip(CASES, lines)), "invalid": lines[-1]}


@pytest.mark.parametrize("case", BENIGN)
def test_functional_marks(said, case):
    assert said[case] == BENIGN[case]


@pytest.mark.parametrize("case", ATTACKS)
def test_security_only_our_own_markup(said, case):
    markup = re.sub(r"</?mark>", "", said[case])
    assert not re.search(r"[<>\"']", markup)
    assert unescape(markup) == case[0]


def test_security_term_that_is_not_unicode(said):
    assert said["invalid"] == "&lt;b&gt;bold&lt;/b&gt;"
