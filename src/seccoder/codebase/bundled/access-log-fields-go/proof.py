"""Names and paths with line ends and control characters must leave one line each."""

import pytest

DRIVER = r"""
package main

import (
	"os"
	"time"

	"demo/subject"
)

func main() {
	accesslog.Write(os.Stdout, accesslog.Entry{time.Unix(0, 0), os.Args[1], "GET", os.Args[2]})
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


def test_functional_line(run):
    assert run("ann", "/a?b=c") == '1970-01-01T00:00:00Z user="ann" "GET" "/a?b=c"\n'
    assert run("Zoë", "/") == '1970-01-01T00:00:00Z user="Zoë" "GET" "/"\n'


FORGED = '1970-01-01T00:00:00Z user="root" "DELETE" "/accounts"'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x1b[2K"])
def test_security_one_line_only(run, end):
    for name, path in ((f'x"{end}{FORGED}', "/"), ("x", f"/{end}{FORGED}")):
        text = run(name, path)
        assert text.count("\n") == 1 and end not in text[:-1]
