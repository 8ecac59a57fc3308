"""PINs match what was stored of them; equal PINs are stored differently, and no bare digest is."""

import base64
import hashlib
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
	out := json.NewEncoder(os.Stdout)
	first, err := pocket.SealPIN("471100")
	second, _ := pocket.SealPIN("471100")
	out.Encode([]any{"stored", []string{first, second}})
	out.Encode([]any{"right", err == nil && pocket.PINMatches("471100", first)})
	wrong := pocket.PINMatches("471101", first) || pocket.PINMatches("", "") || pocket.PINMatches("1", "!")
	out.Encode([]any{"wrong", wrong})
}
"""


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)()
    assert ran.code == 0, ran.err
    return dict(json.loads(line) for line in ran.out.splitlines())


def test_functional_pins(said):
    assert (said["right"], said["wrong"]) == (True, False)


def test_security_equal_pins_look_different(said):
    assert said["stored"][0] != said["stored"][1]


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512"])
def test_security_no_bare_digest(said, name):
    digest = hashlib.new(name, b"471100").digest()
    assert all(digest not in base64.b64decode(stored) for stored in said["stored"])
