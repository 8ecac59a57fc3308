"""Bodies that were signed with a key of ours pass; wrong, missing and keyless signatures do not."""

import hashlib
import hmac
import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"

	laundry "demo/subject"
)

func main() {
	var cases [][]string
	json.NewDecoder(os.Stdin).Decode(&cases)
	for _, given := range cases {
		request := httptest.NewRequest("POST", "/paid", nil)
		if given[1] != "none" {
			request.Header.Set("Pay-Signature", given[1])
		}
		keys := [][]byte{}
		for _, key := range given[3:] {
			keys = append(keys, []byte(key))
		}
		json.NewEncoder(os.Stdout).Encode([]any{given[0], laundry.Verified(request, []byte(given[2]), keys)})
	}
}
"""


def sign(body, key):
    return hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()


CASES = {
    "right": [sign("paid 7", "new"), "paid 7", "old", "new"],
    "old key": [sign("paid 7", "old"), "paid 7", "old", "new"],
    "one of two": [sign("paid 7", "gone") + ", " + sign("paid 7", "new"), "paid 7", "new"],
    "wrong body": [sign("paid 7", "new"), "paid 8", "new"],
    "wrong key": [sign("paid 7", "mine"), "paid 7", "new"],
    "no hex": ["xyz", "paid 7", "new"],
    "cut": [sign("paid 7", "new")[:32], "paid 7", "new"],
    "no header": ["none", "paid 7", "new"],
    "empty key": [sign("paid 7", ""), "paid 7", "", "new"],
    "no header, no key": ["none", "paid 7"],
}


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(stdin=json.dumps([[name, *case] for name, case in CASES.items()]).encode())
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("case", ["right", "old key", "one of two"])
def test_functional_signed(said, case):
    assert said[case] is True


@pytest.mark.parametrize("case", ["wrong body", "wrong key", "no hex", "cut"])
def test_functional_wrong(said, case):
    assert said[case] is False


@pytest.mark.parametrize("case", ["no header", "empty key", "no header, no key"])
def test_security_missing(said, case):
    assert said[case] is False
