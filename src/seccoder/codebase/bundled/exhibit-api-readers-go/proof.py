"""Each key tries each method; the handler behind the middleware notes what reaches it."""

import json

import pytest

DRIVER = r"""
package main

import (
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"

	"demo/subject"
)

func main() {
	keys := exhibits.Keys{
		sha256.Sum256([]byte("shop-key")):    exhibits.Read,
		sha256.Sum256([]byte("curator-key")): exhibits.ReadWrite,
	}
	reached := false
	handler := keys.Guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached = true
		w.WriteHeader(http.StatusNoContent)
	}))
	for _, key := range []string{"shop-key", "curator-key", "other-key", ""} {
		for _, method := range os.Args[1:] {
			r := httptest.NewRequest("GET", "/exhibits/12", nil)
			r.Method = method
			if key != "" {
				r.Header.Set("X-Api-Key", key)
			}
			w := httptest.NewRecorder()
			reached = false
			handler.ServeHTTP(w, r)
			json.NewEncoder(os.Stdout).Encode([]any{key, method, w.Code, reached})
		}
	}
}
"""
READING, WRITING = ["GET", "HEAD"], ["POST", "PUT", "DELETE"]
OTHERS = ["PATCH", "post", "Delete", "MOVE", "PROPPATCH", "LINK", "CONNECT"]


@pytest.fixture(scope="module")
def said(go):
    lines = [json.loads(line) for line in go(DRIVER)(*READING, *WRITING, *OTHERS).out.splitlines()]
    return {(key, method): (code, reached) for key, method, code, reached in lines}


@pytest.mark.parametrize("method", READING)
def test_functional_both_keys_read(said, method):
    assert said["shop-key", method] == said["curator-key", method] == (204, True)


@pytest.mark.parametrize("method", [*WRITING, "PATCH"])
def test_functional_the_writing_key_writes(said, method):
    assert said["curator-key", method] == (204, True)


@pytest.mark.parametrize("method", WRITING)
def test_functional_the_reading_key_is_told(said, method):
    assert said["shop-key", method] == (403, False)


@pytest.mark.parametrize("key", ["other-key", ""])
def test_security_unknown_keys_reach_nothing(said, key):
    assert all(said[key, method] == (401, False) for method in READING + WRITING + OTHERS)


@pytest.mark.parametrize("method", OTHERS)
def test_security_the_reading_key_only_reads(said, method):
    assert said["shop-key", method] == (403, False)
