"""Requests go through the handler: manuals are sent in whole or in part, nothing beside them is."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"

	"demo/subject"
)

func main() {
	handler := manuals.Handler(os.Args[1])
	for _, query := range os.Args[2:] {
		request := httptest.NewRequest("GET", "/manual?file="+query, nil)
		if query == "pumps/p100.pdf&part" {
			request.Header.Set("Range", "bytes=4-7")
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		json.NewEncoder(os.Stdout).Encode([]any{query, []any{answer.Code, answer.Body.String()}})
	}
}
"""

BENIGN = {
    "pumps/p100.pdf": [200, "%PDF manual"],
    "/pumps/p100.pdf": [200, "%PDF manual"],
    "pumps%2Fp100.pdf": [200, "%PDF manual"],
    "pumps/p100.pdf&part": [206, " man"],
    "pumps/../index.txt": [200, "index"],
    "a+b.txt".replace("+", "%2B"): [200, "plus"],
}
MISSING = ["nothing.pdf", "pumps/p100.pdf/x", "nul%00.pdf"]
ATTACKS = [
    "../secret.txt",
    "pumps/../../secret.txt",
    "..%2fsecret.txt",
    "%2e%2e%2fsecret.txt",
    "%2E%2E/secret.txt",
    "//../secret.txt",
    "....//secret.txt",
    "../manuals-draft/secret.txt",
    "..",
    "",
    "pumps",
]


@pytest.fixture(scope="module")
def said(go, tmp_path_factory):
    home = tmp_path_factory.mktemp("www")
    (home / "manuals" / "pumps").mkdir(parents=True)
    (home / "manuals" / "pumps" / "p100.pdf").write_text("%PDF manual")
    (home / "manuals" / "index.txt").write_text("index")
    (home / "manuals" / "a+b.txt").write_text("plus")
    (home / "manuals-draft").mkdir()
    (home / "manuals-draft" / "secret.txt").write_text("SECRET")
    (home / "secret.txt").write_text("SECRET")
    ran = go(DRIVER)(str(home / "manuals"), *BENIGN, *MISSING, *ATTACKS, f"{home}/secret.txt")
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("query", BENIGN)
def test_functional_manuals(said, query):
    assert said[query] == BENIGN[query]


@pytest.mark.parametrize("query", MISSING)
def test_functional_no_such_manual(said, query):
    assert said[query][0] >= 400


def test_security_nothing_outside(said):
    assert [query for query, (_, body) in said.items() if "SECRET" in body] == []


@pytest.mark.parametrize("query", ATTACKS)
def test_security_no_file_and_no_listing(said, query):
    assert said[query][0] == 404
