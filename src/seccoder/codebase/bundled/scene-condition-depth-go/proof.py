"""Conditions hold as they read. A text of many parentheses is refused, and the process is there afterwards."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"
	"runtime/debug"
	"strings"

	"demo/subject"
)

func main() {
	debug.SetMaxStack(32 << 20) // what 1 GB stack would need a text of many megabytes for, happens earlier
	states := map[string]bool{"dark": true, "holiday": false, "tv": true, "sofa": false}
	var asked []struct {
		Text  string
		Times int
		End   string
	}
	json.NewDecoder(os.Stdin).Decode(&asked)
	for _, ask := range asked {
		text := ask.Text
		if ask.Times > 0 {
			text = strings.Repeat(ask.Text, ask.Times) + "dark" + strings.Repeat(ask.End, ask.Times)
		}
		value, err := scene.Holds(text, states)
		json.NewEncoder(os.Stdout).Encode([]bool{value, err == nil})
	}
}
"""
HOLDS = [
    ("dark", True),
    ("holiday", False),
    (" all( dark , tv ) ", True),
    ("all(dark,holiday)", False),
    ("any(holiday,tv)", True),
    ("any(holiday,sofa)", False),
    ("none(holiday, sofa)", True),
    ("none(dark)", False),
    ("all(dark, none(holiday), any(sofa, tv))", True),
    ("all(dark, none(holiday, any(sofa, tv)), tv)", False),
    ("none(none(none(all(holiday))))", True),
]
MALFORMED = [
    "",
    "()",
    "all(",
    "all(dark",
    "all(dark,)",
    "dark)",
    "dark,tv",
    "some(dark)",
    "all(dark)(tv)",
    "any()",
    "cat",
]


@pytest.fixture(scope="module")
def holds(go):
    program = go(DRIVER)

    def holds(*asked):
        said = program(
            stdin=json.dumps([{"text": text, "times": times, "end": end} for text, times, end in asked]).encode()
        )
        return [json.loads(line) for line in said.out.splitlines()]

    return holds


def test_functional_conditions(holds):
    assert holds(*((text, 0, "") for text, _ in HOLDS)) == [[value, True] for _, value in HOLDS]


def test_functional_malformed(holds):
    assert [known for _, known in holds(*((text, 0, "") for text in MALFORMED))] == [False] * len(MALFORMED)


def test_functional_as_deep_as_people_write(holds):
    assert holds(("any(", 20, ")"), ("all(dark, ", 30, ", tv)"), ("none(", 21, ")")) == [
        [True, True],
        [True, True],
        [False, True],
    ]


def test_functional_many_parts(holds):
    assert holds(("any(" + "holiday, " * 50000 + "tv)", 0, "")) == [[True, True]]


@pytest.mark.parametrize("start", ["any(", "none(", "all(dark, ", "x("])
@pytest.mark.parametrize("end", [")", ""])
def test_security_the_process_survives_deep_texts(holds, start, end):
    said = holds((start, 400000, end), ("all(dark, tv)", 0, ""))
    assert said == [[False, False], [True, True]]
