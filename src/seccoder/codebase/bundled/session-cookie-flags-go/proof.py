"""The Set-Cookie header is read back and its attributes are looked at."""

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
	w := httptest.NewRecorder()
	session.SetSession(w, os.Args[1])
	fmt.Print(w.Header().Get("Set-Cookie"))
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


def attributes(run):
    first, *others = run("tok3n").split("; ")
    return first, {each.lower() for each in others}


def test_functional_cookie(run):
    first, others = attributes(run)
    assert first == "session=tok3n" and {"path=/", "max-age=86400"} <= others


@pytest.mark.parametrize("attribute", ["httponly", "secure", "samesite=lax"])
def test_security_attributes(run, attribute):
    assert attribute in attributes(run)[1]
