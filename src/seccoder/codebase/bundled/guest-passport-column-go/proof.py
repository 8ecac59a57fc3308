"""Lines come back whole; who reads the column sees no equal guests or names, and who edits it is noticed."""

import base64
import json
import re

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"

	"demo/subject"
)

func say(name string, value any) { json.NewEncoder(os.Stdout).Encode([]any{name, value}) }

func must(key byte) *passport.Column {
	column, err := passport.NewColumn(bytes.Repeat([]byte{key}, 32))
	if err != nil {
		panic(err)
	}
	return column
}

func main() {
	column, again, other := must(7), must(7), must(8)
	for i, line := range append(os.Args[1:], "", "x", string(make([]byte, 500))) {
		text, err := column.Encrypt(line)
		back, err2 := again.Decrypt(text)
		say("round "+string(rune('a'+i)), err == nil && err2 == nil && back == line)
		back, err = other.Decrypt(text)
		say("other key "+string(rune('a'+i)), err != nil || back != line)
	}
	_, err := passport.NewColumn([]byte("short"))
	say("short key", err != nil)
	_, err = column.Decrypt("%%%")
	_, err2 := column.Decrypt("")
	say("no value", err != nil && err2 != nil)

	texts := []string{}
	for _, line := range os.Args[1:] {
		text, _ := column.Encrypt(line)
		texts = append(texts, text)
	}
	say("texts", texts)

	value, _ := base64.StdEncoding.DecodeString(texts[0])
	accepted := 0
	for i := range value {
		changed := append([]byte{}, value...)
		changed[i] ^= 1
		if _, err := column.Decrypt(base64.StdEncoding.EncodeToString(changed)); err == nil {
			accepted++
		}
	}
	say("accepted", accepted)
}
"""
LINES = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "P<UTOERIKSSON<<ANNA<LOVISA<<<<<<<<<<<<<<<<<<",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "P<UTOBERG<<JON<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
]


@pytest.fixture(scope="module")
def said(go):
    return dict(json.loads(line) for line in go(DRIVER)(*LINES).out.splitlines())


def test_functional_round_trip(said):
    assert all(said[f"round {letter}"] is True for letter in "abcdefg")


def test_functional_wrong_keys_and_values(said):
    assert said["short key"] is True and said["no value"] is True
    assert all(said[f"other key {letter}"] is True for letter in "abcdefg")


def test_functional_the_column_holds_plain_characters(said):
    assert all(re.fullmatch(r"[A-Za-z0-9+/=]+", text) for text in said["texts"])


def test_security_equal_lines_are_not_recognised(said):
    assert len(set(said["texts"])) == len(LINES)


def test_security_equal_beginnings_are_not_recognised(said):
    starts = [base64.b64decode(text)[:8] for text in said["texts"]]
    assert len(set(starts)) == len(LINES)


def test_security_changed_values_are_refused(said):
    assert said["accepted"] == 0
