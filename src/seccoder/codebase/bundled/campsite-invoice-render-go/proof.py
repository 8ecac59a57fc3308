"""Another user of the machine learns from one invoice where the next one goes, and puts a link or a file there."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"errors"
	"os"
	"strings"

	"demo/subject"
)

func main() {
	say := map[string]any{}
	seen, mode := "", os.FileMode(0)
	convert := func(path string) ([]byte, error) {
		seen = path
		info, err := os.Lstat(path)
		if err != nil {
			return nil, err
		}
		mode = info.Mode()
		html, err := os.ReadFile(path)
		if strings.Contains(string(html), "broken") {
			return nil, errors.New("cannot be converted")
		}
		return append([]byte("%PDF "), html...), err
	}
	left := func() int {
		entries, _ := os.ReadDir(os.TempDir())
		return len(entries)
	}

	pdf, err := invoice.Render(17, "<h1>Pitch 4, 3 nights</h1>", convert)
	say["pdf"], say["ok"], say["left"] = string(pdf), err == nil, left()
	say["suffix"] = strings.HasSuffix(seen, ".html") && strings.HasPrefix(seen, os.TempDir())
	say["mode"] = int(mode.Perm())
	_, err = invoice.Render(18, "broken", convert)
	say["failed"], say["left after failure"] = err != nil, left()

	invoice.Render(17, "again", convert)
	guess := seen
	os.WriteFile(os.Args[1], []byte("precious"), 0o600)
	os.Symlink(os.Args[1], guess)
	pdf, err = invoice.Render(17, "third", convert)
	precious, _ := os.ReadFile(os.Args[1])
	say["behind link"] = string(precious)
	say["despite link"] = err != nil || string(pdf) == "%PDF third"

	os.Remove(guess)
	os.WriteFile(guess, []byte("planted"), 0o666)
	os.Chmod(guess, 0o666)
	planted, _ := os.Open(guess)
	invoice.Render(17, "fourth guest's address", convert)
	text := make([]byte, 100)
	n, _ := planted.Read(text)
	say["in planted file"] = string(text[:n])
	json.NewEncoder(os.Stdout).Encode(say)
}
"""


@pytest.fixture(scope="module")
def said(go, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    victim = tmp_path_factory.mktemp("home") / "precious"
    return json.loads(go(DRIVER)(str(victim), env={"TMPDIR": str(folder)}).out)


def test_functional_pdf(said):
    assert said["ok"] and said["pdf"] == "%PDF <h1>Pitch 4, 3 nights</h1>" and said["suffix"]


def test_functional_failure(said):
    assert said["failed"]


def test_functional_nothing_stays_behind(said):
    assert said["left"] == 0 and said["left after failure"] == 0


def test_security_a_link_is_not_followed(said):
    assert said["behind link"] == "precious" and said["despite link"]


def test_security_a_planted_file_is_not_used(said):
    assert said["in planted file"] == "planted"


def test_security_others_cannot_read_along(said):
    assert said["mode"] & 0o077 == 0
