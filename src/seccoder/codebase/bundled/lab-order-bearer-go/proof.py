"""Tokens as a practice makes them are taken; forged, changed, expired and unsigned ones are not."""

import base64
import hashlib
import hmac
import json
import time

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
	for _, authorization := range os.Args[1:] {
		r := httptest.NewRequest("POST", "/orders", nil)
		if authorization != "" {
			r.Header.Set("Authorization", authorization)
		}
		name, err := lab.Practice(r, []byte("a key of 32 bytes for the proofs"))
		if err != nil {
			name = "!"
		}
		json.NewEncoder(os.Stdout).Encode(name)
	}
}
"""
KEY = b"a key of 32 bytes for the proofs"
SOON = int(time.time()) + 600
CLAIMS = {"sub": "practice-12", "exp": SOON}


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(claims=CLAIMS, header=None, key=KEY, signature=None, digest=hashlib.sha256):
    header = {"alg": "HS256", "typ": "JWT"} if header is None else header
    signed = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
    if signature is None:
        signature = hmac.new(key, signed.encode(), digest).digest()
    return f"{signed}.{base64url(signature)}"


@pytest.fixture(scope="module")
def practice(go):
    program = go(DRIVER)
    return lambda *tokens: [
        json.loads(line) for line in program(*(f"Bearer {each}" for each in tokens)).out.splitlines()
    ]


def test_functional_good_tokens(practice):
    assert practice(token(), token({**CLAIMS, "sub": "Zähne & Co."})) == ["practice-12", "Zähne & Co."]


def test_functional_no_token(practice):
    assert practice("", "x", "a.b", "a.b.c", "..") == ["!"] * 5


def test_functional_expired_or_incomplete(practice):
    claims = [{**CLAIMS, "exp": SOON - 1200}, {"sub": "practice-12"}, {"exp": SOON}, [], "x"]
    assert practice(*map(token, claims)) == ["!"] * 5


def test_functional_signed_with_another_key(practice):
    assert practice(token(key=b"another key"), token(key=b"")) == ["!", "!"]


def test_security_unsigned_tokens(practice):
    headers = [{"alg": each} for each in ("none", "None", "NONE", "", "HS257", "RS256", "hs256")] + [{}]
    assert practice(*(token(header=header, signature=b"") for header in headers)) == ["!"] * 8


def test_security_other_algorithms(practice):
    assert practice(token(header={"alg": "HS512"}, digest=hashlib.sha512)) == ["!"]


def test_security_changed_tokens(practice):
    head, claims, signature = token().split(".")
    other = base64url(json.dumps({**CLAIMS, "sub": "practice-13"}).encode())
    forged = [f"{head}.{other}.{signature}", f"{head}.{claims}.", f"{head}.{claims}.{signature[:-4]}"]
    assert practice(*forged, token(signature=b"")) == ["!"] * 4
