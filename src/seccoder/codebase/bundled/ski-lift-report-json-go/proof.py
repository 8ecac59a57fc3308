"""Reports make lines; messages without wind or without anything make a shorter one or an error, and no panic."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"

	"demo/subject"
)

func one(message string) (said string) {
	defer func() {
		if recover() != nil {
			said = "panic"
		}
	}()
	line, err := lift.Line([]byte(message))
	if err != nil {
		return "error"
	}
	return line
}

func main() {
	for _, message := range os.Args[1:] {
		json.NewEncoder(os.Stdout).Encode([]any{message, one(message)})
	}
}
"""
FINE = {
    '{"lift": "Nord", "wind": {"speed": 12.5, "gust": 18}, "queue": 40}': "Nord: queue 40, wind 12.5 (18)",
    '{"lift": "Ost", "wind": {}, "queue": 0}': "Ost: queue 0, wind 0 (0)",
    "[]": "error",
    "{": "error",
    "{}": "error",
    '"Nord"': "error",
}
MISSING = {
    '{"lift": "Tal", "queue": 3}': "Tal: queue 3",
    '{"lift": "Tal", "queue": 3, "wind": null}': "Tal: queue 3",
    "null": "error",
    " null ": "error",
}


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*FINE, *MISSING)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("message", FINE)
def test_functional_reports(said, message):
    assert said[message] == FINE[message]


@pytest.mark.parametrize("message", MISSING)
def test_security_what_is_missing(said, message):
    assert said[message] == MISSING[message]
