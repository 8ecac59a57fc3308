"""The Location header is resolved as a browser does it: it never leads to another site."""

import json
import re
from urllib.parse import quote, urljoin, urlsplit

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
	for _, query := range os.Args[1:] {
		answer := httptest.NewRecorder()
		language.Switch(answer, httptest.NewRequest("GET", "/language?"+query, nil))
		json.NewEncoder(os.Stdout).Encode([]any{
			answer.Code, answer.Header().Get("Location"), answer.Header().Get("Set-Cookie")})
	}
}
"""
HERE = "https://travel.example/language?lang=de"
BENIGN = {
    "/": "/",
    "/trips/rome": "/trips/rome",
    "/trips?from=2024-05-01&sort=price#top": "/trips?from=2024-05-01&sort=price#top",
    "/search?q=https://evil.example/": "/search?q=https://evil.example/",
    "/caf%C3%A9": "/caf%C3%A9",
    "": "/",
    "trips": "/",
    "https://evil.example/": "/",
    "javascript:alert(1)": "/",
}
ATTACKS = [
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "//user@evil.example",
    "//evil.example:443/%2e%2e",
    "/trips/..//evil.example",
    "/.//evil.example",
    "https:evil.example",
    "HTTPS://evil.example",
    "//[::1",
]
TARGETS = [*BENIGN, *ATTACKS]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*(f"lang=de&return={quote(target, safe='')}" for target in TARGETS), "lang=xx", "lang=fr")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    return {**dict(zip(TARGETS, lines)), "unknown": lines[-2], "none": lines[-1]}


@pytest.mark.parametrize("target", BENIGN)
def test_functional_goes_back(said, target):
    assert said[target] == [303, BENIGN[target], "lang=de; Path=/"]


def test_functional_language(said):
    assert said["unknown"] == [400, "", ""]
    assert said["none"] == [303, "/", "lang=fr; Path=/"]


@pytest.mark.parametrize("target", ATTACKS)
def test_security_stays_on_the_site(said, target):
    location = said[target][1].strip("".join(map(chr, range(33))))
    location = re.sub(r"[\t\r\n]", "", location).replace("\\", "/")
    assert not location.startswith("//")
    assert urlsplit(urljoin(HERE, location)).netloc == "travel.example"
