"""The three roles may do what they should; unknown roles and actions are refused."""

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
		role, action, _ := strings.Cut(line, " ")
		json.NewEncoder(os.Stdout).Encode([]any{line, greenhouse.May(role, action)})
	}
}
"""
ACTIONS = ["view", "water", "ventilate", "heat", "program", "users"]
LEVELS = {"guest": 1, "gardener": 3, "manager": 6}
TABLE = {f"{role} {action}": i < level for role, level in LEVELS.items() for i, action in enumerate(ACTIONS)}
UNKNOWN = [
    "guest open-roof",
    "gardener Heat",
    "gardener heat ",
    " heat",
    "intern users",
    "Guest water",
    "manager sell",
    " ",
]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*TABLE, *UNKNOWN)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("case", TABLE)
def test_functional_table(said, case):
    assert said[case] is TABLE[case]


@pytest.mark.parametrize("case", UNKNOWN)
def test_security_unknown(said, case):
    assert said[case] is False
