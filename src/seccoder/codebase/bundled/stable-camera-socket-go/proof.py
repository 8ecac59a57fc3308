"""Our two origins and programs pass, others do not, however much their names look like ours."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"

	camera "demo/subject"
)

func main() {
	for _, origin := range os.Args[1:] {
		request := httptest.NewRequest("GET", "/camera", nil)
		if origin != "none" {
			request.Header["Origin"] = []string{origin}
		}
		json.NewEncoder(os.Stdout).Encode([]any{origin, camera.AllowedOrigin(request)})
	}
}
"""
OURS = ["https://stable.example", "https://www.stable.example", "none"]
OTHERS = ["https://other.example", "null", "http://stable.example", "https://stable.example.evil.example"]
ALIKE = ["https://evilstable.example", "https://not-stable.example", "https://evil.example/stable.example"]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*OURS, *OTHERS, *ALIKE)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("origin", OURS)
def test_functional_ours(said, origin):
    assert said[origin] is True


@pytest.mark.parametrize("origin", OTHERS)
def test_functional_others(said, origin):
    assert said[origin] is False


@pytest.mark.parametrize("origin", ALIKE)
def test_security_names_that_end_alike(said, origin):
    assert said[origin] is False
