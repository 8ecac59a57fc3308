"""Passwords are recognised; whoever has a line gets few guesses done, and none of the work serves for a second line."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"demo/subject"
)

func say(name string, value any) { json.NewEncoder(os.Stdout).Encode([]any{name, value}) }

func main() {
	line, err := roster.Hash("Drehleiter 23-12")
	if err != nil {
		panic(err)
	}
	again, _ := roster.Hash("Drehleiter 23-12")
	empty, _ := roster.Hash("")
	umlaut, _ := roster.Hash("löschzug\x00zwei")
	say("line", line)
	say("again", again)
	say("one line", !strings.ContainsAny(line+umlaut, "\r\n"))
	say("right", roster.Check(line, "Drehleiter 23-12") && roster.Check(again, "Drehleiter 23-12"))
	say("other right", roster.Check(umlaut, "löschzug\x00zwei") && roster.Check(empty, ""))
	say("wrong", roster.Check(line, "drehleiter 23-12") || roster.Check(line, "") ||
		roster.Check(umlaut, "löschzug") || roster.Check(empty, " "))
	broken := false
	for _, text := range []string{"", "x", "sha256", line[:len(line)-2], line[:20], strings.Replace(line, " ", "", -1)} {
		broken = broken || roster.Check(text, "Drehleiter 23-12") || roster.Check(text, "")
	}
	say("broken", broken)

	// The thief's program does the same work as the site's, guess by guess.
	start, guesses := time.Now(), 0
	for time.Since(start) < time.Second && guesses < 10000 {
		roster.Check(line, fmt.Sprint("guess ", guesses))
		guesses++
	}
	say("guesses", guesses)
}
"""


@pytest.fixture(scope="module")
def said(go):
    return dict(json.loads(line) for line in go(DRIVER)().out.splitlines())


def test_functional_right_passwords(said):
    assert said["right"] and said["other right"]


def test_functional_wrong_passwords(said):
    assert not said["wrong"] and not said["broken"]


def test_functional_one_line(said):
    assert said["one line"]


def test_security_each_line_has_its_own_salt(said):
    words, others = said["line"].split(), said["again"].split()
    assert words[-1] != others[-1] and words[-2] != others[-2]


def test_security_the_password_is_not_in_it(said):
    assert "Drehleiter" not in said["line"]


def test_security_guesses_are_slow(said):
    assert said["guesses"] <= 200
