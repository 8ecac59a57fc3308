"""The transport counts the bodies that were closed when the function returns, and at most how many were open at once."""

import pytest

DRIVER = r"""
package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"demo/subject"
)

var open, most int

type body struct{ io.Reader }

func (body) Close() error { open--; return nil }

type transport struct{}

func (transport) RoundTrip(r *http.Request) (*http.Response, error) {
	code, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
	if code == 0 {
		return nil, errors.New("unreachable")
	}
	if open++; open > most {
		most = open
	}
	return &http.Response{StatusCode: code, Body: body{strings.NewReader("ok")}, Request: r}, nil
}

func main() {
	urls := []string{}
	for _, code := range os.Args[1:] {
		urls = append(urls, "http://x.example/"+code)
	}
	fmt.Print(poll.Statuses(&http.Client{Transport: transport{}}, urls), ";", open, " ", most)
}
"""


@pytest.fixture(scope="module")
def run(go):
    program = go(DRIVER)

    def run(*arguments):
        ran = program(*arguments)
        assert ran.code == 0, ran.err
        return ran.out.decode()

    return run


def test_functional_codes(run):
    assert run("200", "503", "0").split(";")[0] == "[200 503 0]"
    assert run().split(";")[0] == "[]"


@pytest.mark.parametrize("codes", [["200"] * 5, ["500", "404", "200"], ["503"]])
def test_security_all_closed_and_one_at_a_time(run, codes):
    assert run(*codes).split(";")[1] == "0 1"
