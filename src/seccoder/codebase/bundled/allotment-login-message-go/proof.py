"""Members get in with their password; for everybody else words and work are the same, whether the name exists or not."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"
	"strings"

	"demo/subject"
)

func main() {
	for _, line := range os.Args[1:] {
		name, password, _ := strings.Cut(line, " ")
		calls := 0
		members := &login.Members{map[string]string{"ann": "h:rose", "bob": "h:"}, "h:dummy", func(word, stored string) bool {
			calls++
			return "h:"+word == stored
		}}
		who, err := members.Login(name, password)
		text := ""
		if err != nil {
			text = err.Error()
		}
		json.NewEncoder(os.Stdout).Encode([]any{line, []any{who, text, calls}})
	}
}
"""
UNKNOWN = ["eve rose", "Ann rose", " rose", "eve dummy", "eve "]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)("ann rose", "ann tulip", *UNKNOWN)
    return dict(json.loads(line) for line in ran.out.splitlines())


def test_functional_members(said):
    assert said["ann rose"] == ["ann", "", 1]
    assert said["ann tulip"][0] == "" and said["ann tulip"][1]


@pytest.mark.parametrize("case", UNKNOWN)
def test_functional_nobody_else(said, case):
    assert said[case][0] == "" and said[case][1]


@pytest.mark.parametrize("case", UNKNOWN)
def test_security_same_words_and_work(said, case):
    assert said[case] == said["ann tulip"]
