"""The CSV is read back, and no cell may begin a formula."""

import pytest

DRIVER = r"""
package main

import (
	"os"

	"demo/subject"
)

func main() {
	export.Members(os.Stdout, [][3]string{{os.Args[1], os.Args[2], os.Args[3]}})
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


def member(run, *texts):
    import csv

    return next(iter(list(csv.reader(run(*texts).splitlines(keepends=True)))[1:]))


def test_functional_comes_back(run):
    assert member(run, "Ann", 'Blue "Sharks"', "2 + 2, late") == ["Ann", 'Blue "Sharks"', "2 + 2, late"]


@pytest.mark.parametrize("text", ["=1+1", "+49 731", "-1", "@x", "\t=1", " =1"])
def test_security_no_formula(run, text):
    assert member(run, text, "x", text) == ["'" + text, "x", "'" + text]
