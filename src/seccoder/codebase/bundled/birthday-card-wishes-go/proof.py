"""The three places are filled in; everything else in a text is printed as it was written."""

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
	for _, text := range os.Args[1:] {
		printed := ""
		said, err := card.Render(text, &card.Card{"Mia", "Opa", "Lindenweg 3", 7, func(job string) string {
			printed = job
			return "printed"
		}})
		json.NewEncoder(os.Stdout).Encode([]any{text, []any{said, err == nil, printed}})
	}
}
"""
FINE = {
    "Dear {name}, {age} already! {from}": "Dear Mia, 7 already! Opa",
    "": "",
    "{name} {name} {Name} { age }": "Mia Mia {Name} { age }",
}
ATTACKS = [
    "{{.Address}}",
    '{{call .Printer "9999 copies"}}',
    "{{printf `%s` .Address}}",
    "{{range",
    "{{/* x */}}",
    "{{1}}",
]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*FINE, *ATTACKS)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("text", FINE)
def test_functional_texts(said, text):
    assert said[text] == [FINE[text], True, ""]


@pytest.mark.parametrize("text", ATTACKS)
def test_security_nothing_is_run(said, text):
    assert said[text] == [text, True, ""]
