"""Chains of any length have an end; lists that go round in a circle give an error, not a request that never ends."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"demo/subject"
)

func main() {
	long, circle := map[string]string{}, map[string]string{}
	for i := 0; i < 20000; i++ {
		long[fmt.Sprint("L", i)] = fmt.Sprint("L", i+1)
		circle[fmt.Sprint("C", i)] = fmt.Sprint("C", (i+1)%20000)
	}
	for _, ask := range []struct {
		name, number string
		lists        map[string]string
	}{
		{"unknown", "A-1", nil},
		{"newest", "A-3", map[string]string{"A-1": "A-2", "A-2": "A-3"}},
		{"old", "A-1", map[string]string{"A-1": "A-2", "A-2": "A-3", "B-1": "A-2"}},
		{"joins", "B-1", map[string]string{"A-1": "A-2", "A-2": "A-3", "B-1": "A-2"}},
		{"long", "L0", long},
		{"itself", "A-1", map[string]string{"A-1": "A-1"}},
		{"ends at itself", "A-1", map[string]string{"A-1": "A-2", "A-2": "A-2"}},
		{"beside a circle", "A-1", map[string]string{"A-1": "A-2", "X-1": "X-2", "X-2": "X-1"}},
		{"two", "A-1", map[string]string{"A-1": "A-2", "A-2": "A-1"}},
		{"three", "A-2", map[string]string{"A-1": "A-2", "A-2": "A-3", "A-3": "A-1"}},
		{"into a circle", "Z", map[string]string{"Z": "A-1", "A-1": "A-2", "A-2": "A-1"}},
		{"long circle", "C7", circle},
	} {
		answer := make(chan string, 1)
		go func() {
			number, err := parts.Current(ask.lists, ask.number)
			if err != nil {
				number = "!"
			}
			answer <- number
		}()
		said := "no answer"
		select {
		case said = <-answer:
		case <-time.After(time.Second):
		}
		json.NewEncoder(os.Stdout).Encode([]string{ask.name, said})
	}
}
"""


@pytest.fixture(scope="module")
def said(go):
    return dict(json.loads(line) for line in go(DRIVER)().out.splitlines())


def test_functional_parts(said):
    assert said["unknown"] == "A-1"
    assert said["newest"] == said["old"] == said["joins"] == "A-3"
    assert said["beside a circle"] == "A-2"


def test_functional_long_chain(said):
    assert said["long"] == "L20000"


def test_functional_a_part_that_supersedes_itself(said):
    assert said["itself"] == said["ends at itself"] == "!"


@pytest.mark.parametrize("circle", ["two", "three", "into a circle", "long circle"])
def test_security_circles_are_errors(said, circle):
    assert said[circle] == "!"
