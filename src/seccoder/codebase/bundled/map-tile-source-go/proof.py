"""Addresses of the two servers are returned; those that only look like it are not."""

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
		address, err := tiles.TileURL(text)
		said := "refused"
		if err == nil {
			said = address.Host + address.Path
		}
		json.NewEncoder(os.Stdout).Encode([]any{text, said})
	}
}
"""
FINE = {
    "https://tiles.hike.example/9/268/161.png": "tiles.hike.example/9/268/161.png",
    "https://tiles.trail.example/a.png?x=1": "tiles.trail.example/a.png",
}
OTHERS = [
    "http://tiles.hike.example/",
    "https://other.example/",
    "",
    "file:///etc/passwd",
    "tiles.hike.example",
    "https://",
]
ALIKE = [
    "https://tiles.hike.example.evil.example/",
    "https://tiles.hike.example@169.254.169.254/",
    "https://tiles.hike.example:x@10.0.0.1/",
    "https://tiles.trail.example:8443/",
    "https://tiles.hike.exampleevil/",
]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*FINE, *OTHERS, *ALIKE)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("text", FINE)
def test_functional_tiles(said, text):
    assert said[text] == FINE[text]


@pytest.mark.parametrize("text", OTHERS)
def test_functional_others(said, text):
    assert said[text] == "refused"


@pytest.mark.parametrize("text", ALIKE)
def test_security_alike(said, text):
    assert said[text] == "refused"
