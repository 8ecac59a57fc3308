"""Visitors get the pages; doors and hints move for the key only."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"demo/subject"
)

func main() {
	ran := ""
	note := func(what string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { ran = what }
	}
	handler := room.Handler("k-9", note("open"), note("hint"))
	for _, line := range os.Args[1:] {
		words := strings.Split(line, " ")
		request := httptest.NewRequest(words[0], words[1], nil)
		if len(words) > 2 {
			request.Header.Set("X-Master-Key", words[2])
		}
		ran = ""
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		json.NewEncoder(os.Stdout).Encode([]any{line, []any{answer.Code, ran}})
	}
}
"""
FINE = {
    "GET /": [200, ""],
    "GET /prices": [200, ""],
    "POST /master/open k-9": [200, "open"],
    "POST /master/hint k-9": [200, "hint"],
    "GET /master/none k-9": [404, ""],
}
ATTACKS = [
    "POST /master/open",
    "POST /master/hint",
    "GET /master/hint x",
    "POST /master/open K-9",
    "PUT /master/hint k-",
]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*FINE, *ATTACKS)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("case", FINE)
def test_functional_routes(said, case):
    assert said[case] == FINE[case]


@pytest.mark.parametrize("case", ATTACKS)
def test_security_without_the_key(said, case):
    assert said[case] == [401, ""]
