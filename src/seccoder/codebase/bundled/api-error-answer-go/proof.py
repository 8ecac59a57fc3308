"""The text of an internal error, with its host and password, must be in the log and not in the answer."""

import pytest

DRIVER = r"""
package main

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"os"

	"demo/subject"
)

func main() {
	var err error = &api.ClientError{Status: 404, Text: "no such article"}
	switch os.Args[1] {
	case "wrapped":
		err = fmt.Errorf("loading: %w", &api.ClientError{Status: 400, Text: "quantity must be 1 to 99"})
	case "internal":
		err = errors.New(`dial tcp db.internal:5432: password "s3cr3t" rejected`)
	}
	w := httptest.NewRecorder()
	api.Fail(w, err)
	fmt.Print(w.Code, " ", w.Body.String())
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


def test_functional_errors_of_the_client(run):
    assert run("known") == '404 {"error":"no such article"}\n'
    assert run("wrapped") == '400 {"error":"quantity must be 1 to 99"}\n'


def test_functional_internal_error(run):
    assert run("internal").startswith("500 {")


@pytest.mark.parametrize("word", ["s3cr3t", "db.internal", "dial"])
def test_security_nothing_internal(run, word):
    assert word not in run("internal")
