"""Logos get an ending that fits their bytes, whatever they were called; other data gets none."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"demo/subject"
)

func main() {
	kinds := map[string]string{
		"png":  "\x89PNG\r\n\x1a\n<script>alert(1)</script>",
		"jpg":  "\xff\xd8\xff\xe0<script>",
		"webp": "RIFF\x10\x00\x00\x00WEBPVP8 ",
		"page": "<html><script>alert(1)</script>",
		"svg":  "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
		"none": "",
	}
	for _, line := range os.Args[1:] {
		kind, name, _ := strings.Cut(line, " ")
		folder, _ := os.MkdirTemp("", "logos")
		saved, err := logo.SaveLogo(folder, []byte(kinds[kind]), name)
		there, _ := filepath.Glob(folder + "/*")
		ending := filepath.Ext(saved)
		json.NewEncoder(os.Stdout).Encode([]any{line, []any{ending, err == nil, len(there)}})
	}
}
"""
FINE = {"png a.png": ".png", "jpg b.jpg": ".jpg", "webp c.webp": ".webp"}
REFUSED = ["page a.html", "page a.png", "svg a.svg", "none a.png"]
CALLED = ["png a.html", "png a.png.htm", "jpg a.svg", "png a", "webp x.xhtml", "png .htaccess"]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*FINE, *REFUSED, *CALLED)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("case", FINE)
def test_functional_saved(said, case):
    assert said[case] == [FINE[case], True, 1]


@pytest.mark.parametrize("case", REFUSED)
def test_functional_refused(said, case):
    assert said[case] == ["", False, 0]


@pytest.mark.parametrize("case", CALLED)
def test_security_ending_fits_the_bytes(said, case):
    assert said[case] == ["." + case.split()[0], True, 1]
