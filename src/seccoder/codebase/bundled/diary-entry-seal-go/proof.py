"""Entries come back whole; who keeps old versions, or changes and swaps stored ones, learns and achieves nothing."""

import json

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"

	"demo/subject"
)

func say(name string, value any) { json.NewEncoder(os.Stdout).Encode([]any{name, value}) }

func main() {
	key, other := bytes.Repeat([]byte{7}, 32), bytes.Repeat([]byte{8}, 32)
	for _, text := range []string{"", "Dear diary", "Schöner Tag ☀", string(make([]byte, 100000))} {
		sealed, err := diary.Seal(key, "e1", []byte(text))
		opened, err2 := diary.Open(key, "e1", sealed)
		say("round "+text[:len(text)%1000], err == nil && err2 == nil && string(opened) == text)
	}
	_, err := diary.Seal([]byte("short"), "e1", []byte("x"))
	say("short key", err != nil)

	versions := []string{}
	for _, text := range os.Args[1:] {
		sealed, _ := diary.Seal(key, "e1", []byte(text))
		versions = append(versions, hex.EncodeToString(sealed))
	}
	say("versions", versions)

	sealed, _ := diary.Seal(key, "e1", []byte("Dear diary, today"))
	_, err = diary.Open(other, "e1", sealed)
	say("other key", err != nil)
	_, err = diary.Open(key, "e2", sealed)
	say("other entry", err != nil)
	refused := 0
	for i := range sealed {
		changed := append([]byte{}, sealed...)
		changed[i] ^= 1
		if _, err := diary.Open(key, "e1", changed); err != nil {
			refused++
		}
		if _, err := diary.Open(key, "e1", sealed[:i]); err != nil {
			refused++
		}
	}
	say("changed and cut", refused == 2*len(sealed))
}
"""
VERSIONS = ["Met with Kim, told her all", "Met with Bob, told him not", "Met with Kim, told her all", "Met with"]


@pytest.fixture(scope="module")
def said(go):
    return dict(json.loads(line) for line in go(DRIVER)(*VERSIONS).out.splitlines())


@pytest.mark.parametrize("name", ["round ", "round Dear diary", "round Schöner Tag ☀", "short key"])
def test_functional_round_trip(said, name):
    assert said[name] is True


@pytest.mark.parametrize("name", ["other key", "other entry", "changed and cut"])
def test_security_wrong_entries_are_refused(said, name):
    assert said[name] is True


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def test_security_versions_share_no_key_stream(said):
    sealed = [bytes.fromhex(one) for one in said["versions"]]
    for i in range(len(VERSIONS)):
        for j in range(i):
            assert xor(VERSIONS[i].encode(), VERSIONS[j].encode()) not in xor(sealed[i], sealed[j])


def test_security_same_text_is_not_recognised(said):
    assert len(set(said["versions"])) == len(VERSIONS)
