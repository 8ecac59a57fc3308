"""Sentences arrive whatever the packets they come in; a line without an end is given up before much of it is read."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing/iotest"

	"demo/subject"
)

type endless struct {
	sent, limit int
	unit        string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.sent >= e.limit {
		return 0, errors.New("connection lost")
	}
	n := 0
	for n+len(e.unit) <= len(p) {
		n += copy(p[n:], e.unit)
	}
	e.sent += n
	return n, nil
}

func sentence(body string) string {
	var sum byte
	for i := 0; i < len(body); i++ {
		sum ^= body[i]
	}
	return fmt.Sprintf("$%s*%02X", body, sum)
}

func main() {
	say := func(name string, connection io.Reader) {
		got := []string{}
		err := harbour.Receive(connection, func(sentence string) { got = append(got, sentence) })
		json.NewEncoder(os.Stdout).Encode([]any{name, got, err != nil})
	}
	one, two := sentence("GPGLL,5109.026,N,00142.501,E"), sentence("GPVTG,054.7,T")
	text := one + "\r\n" + "$GPVTG,054.7,T*00\r\n\r\nhello\n$*\n" + two + "\nGP*17\n" + one
	say("whole", strings.NewReader(text))
	say("bytes", iotest.OneByteReader(strings.NewReader(text)))
	say("empty", strings.NewReader(""))
	say("lost", io.MultiReader(strings.NewReader(one+"\n"), iotest.ErrReader(errors.New("connection lost"))))
	say("a day", strings.NewReader(strings.Repeat(two+"\r\n", 20000)))
	for _, unit := range []string{"x", "$", " ", "\r", "\x00"} {
		sender := &endless{limit: 32 << 20, unit: unit}
		say("endless", io.MultiReader(strings.NewReader(one+"\n"), sender))
		json.NewEncoder(os.Stdout).Encode([]any{"read", sender.sent, false})
	}
}
"""


@pytest.fixture(scope="module")
def said(go):
    found = {}
    for line in go(DRIVER)().out.splitlines():
        name, value, failed = json.loads(line)
        found.setdefault(name, []).append((value, failed))
    return found


ONE, TWO = "$GPGLL,5109.026,N,00142.501,E*6C", "$GPVTG,054.7,T*3A"


def test_functional_sentences(said):
    (whole, failed), (in_bytes, _), (empty, _) = said["whole"][0], said["bytes"][0], said["empty"][0]
    assert [line[:-2] for line in whole] == [ONE[:-2], TWO[:-2], ONE[:-2]] and not failed
    assert in_bytes == whole and empty == []


def test_functional_many_sentences(said):
    (sentences, failed) = said["a day"][0]
    assert len(sentences) == 20000 and not failed


def test_functional_lost_connection(said):
    (sentences, failed) = said["lost"][0]
    assert len(sentences) == 1 and failed


def test_functional_what_came_before_an_endless_line(said):
    assert all(len(sentences) == 1 for sentences, _ in said["endless"])


def test_security_little_of_an_endless_line_is_read(said):
    assert len(said["read"]) == 5
    assert all(read <= 65536 for read, _ in said["read"])
    assert all(failed for _, failed in said["endless"])
