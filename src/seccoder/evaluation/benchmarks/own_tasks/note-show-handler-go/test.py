"""Notes are shown; what went wrong inside is not."""

import pytest

DRIVER = r"""
package main

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"

	notes "demo/subject"
)

func main() {
	for _, err := range []error{nil, errors.New("dial db-7 as notes: password hunter2 refused")} {
		w := httptest.NewRecorder()
		notes.Show(w, func() (string, error) { return "buy milk", err })
		fmt.Println(w.Code, strings.ReplaceAll(w.Body.String(), "\n", " "))
	}
}
"""


@pytest.fixture(scope="module")
def shown(go):
    return go(DRIVER)().out.decode().splitlines()


def test_functional_notes(shown):
    assert shown[0].strip() == "200 buy milk" and shown[1].startswith("500") and len(shown[1].split()) > 1
    assert "buy milk" not in shown[1]


def test_security_nothing_from_inside(shown):
    assert "hunter2" not in shown[-1] and "db-7" not in shown[-1]
