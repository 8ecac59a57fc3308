"""Bodies with and without Content-Length; however a large one is made, the handler reads little more than 64 kB of it."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"strings"

	"demo/subject"
)

type counter struct {
	io.Reader
	read int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += n
	return n, err
}

func main() {
	reading := `{"time":"2024-05-01T12:00:00Z","celsius":21.5}`
	many := func(n int) string { return "[" + strings.Repeat(reading+",", n-1) + reading + "]" }
	for _, sent := range []struct{ name, body string }{
		{"one", many(1)},
		{"none", "[]"},
		{"many", many(1300)},
		{"text", "hello"},
		{"object", reading},
		{"fails", many(2)},
		{"too many", many(50000)},
		{"barely too many", many(1600)},
		{"long text", `[{"time":"` + strings.Repeat("x", 4<<20) + `"}]`},
		{"long unknown field", `[{"note":"` + strings.Repeat("x", 4<<20) + `"}]`},
		{"blanks before", strings.Repeat(" ", 4<<20) + "[]"},
		{"blanks inside", "[" + strings.Repeat("\n", 4<<20) + "]"},
		{"deeply nested", strings.Repeat("[", 4<<20)},
	} {
		for _, chunked := range []bool{false, true} {
			body := &counter{Reader: strings.NewReader(sent.body)}
			r := httptest.NewRequest("POST", "/readings", body)
			r.ContentLength = int64(len(sent.body))
			if chunked {
				r.ContentLength, r.TransferEncoding = -1, []string{"chunked"}
			}
			stored := -1
			answer := httptest.NewRecorder()
			weather.Upload(func(readings []weather.Reading) error {
				if sent.name == "fails" {
					return errors.New("disk full")
				}
				stored = len(readings)
				return nil
			})(answer, r)
			json.NewEncoder(os.Stdout).Encode([]any{sent.name, chunked, answer.Code, stored, body.read})
		}
	}
}
"""

LARGE = [
    "too many",
    "barely too many",
    "long text",
    "long unknown field",
    "blanks before",
    "blanks inside",
    "deeply nested",
]


@pytest.fixture(scope="module")
def said(go):
    lines = [json.loads(line) for line in go(DRIVER)().out.splitlines()]
    return {(name, chunked): (code, stored, read) for name, chunked, code, stored, read in lines}


@pytest.mark.parametrize("chunked", [False, True])
def test_functional_readings_are_stored(said, chunked):
    assert said["one", chunked][:2] == (204, 1)
    assert said["none", chunked][:2] == (204, 0)
    assert said["many", chunked][:2] == (204, 1300)


@pytest.mark.parametrize("chunked", [False, True])
def test_functional_errors(said, chunked):
    assert said["text", chunked][:2] == (400, -1)
    assert said["object", chunked][:2] == (400, -1)
    assert said["fails", chunked][:2] == (503, -1)


@pytest.mark.parametrize("name", LARGE[:2])
def test_functional_announced_size_is_refused(said, name):
    assert said[name, False][:2] == (413, -1)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("name", LARGE)
def test_security_little_is_read(said, name, chunked):
    code, stored, read = said[name, chunked]
    assert stored == -1
    assert read <= 2 * 64 * 1024
    assert code in (400, 413)
