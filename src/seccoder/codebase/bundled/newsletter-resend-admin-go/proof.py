"""Readers and writers, and nobody at all, try to send; only an editor's request reaches the mailer."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"net/http/httptest"
	"os"

	"demo/subject"
)

func main() {
	w, sent := httptest.NewRecorder(), ""
	r := httptest.NewRequest("POST", "/?issue=12", nil)
	if os.Args[1] != "nobody" {
		r = r.WithContext(newsletter.WithAccount(r.Context(), &newsletter.Account{"ann", os.Args[1]}))
	}
	newsletter.Send(func(issue string) { sent = issue })(w, r)
	fmt.Print(w.Code, " ", sent)
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


def test_functional_editor_and_nobody(run):
    assert run("editor") == "202 12"
    assert run("nobody") == "401 "


@pytest.mark.parametrize("role", ["reader", "writer", "", "Editor", "editor "])
def test_security_others(run, role):
    assert run(role) == "403 "
