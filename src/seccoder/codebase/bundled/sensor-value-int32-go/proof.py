"""Values at and beyond both ends, infinities and NaN."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	"demo/subject"
)

func main() {
	tenths, err := gateway.Tenths(os.Args[1])
	if err != nil {
		fmt.Print("refused")
		return
	}
	fmt.Print(tenths)
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


@pytest.mark.parametrize(
    ("text", "tenths"), [("21.5", "215"), ("0", "0"), ("-3.14", "-31"), ("3276.7", "32767"), ("-3276.8", "-32768"), ("warm", "refused")]
)
def test_functional_readings(run, text, tenths):
    assert run(text) == tenths


@pytest.mark.parametrize("text", ["3276.8", "-3276.9", "3300.0", "6553.7", "1e300", "Inf", "-Inf", "NaN"])
def test_security_does_not_fit(run, text):
    assert run(text) == "refused"
