"""Bills are shared, and no number of guests ends the program."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"
	"strconv"

	bill "demo/subject"
)

func main() {
	guests, _ := strconv.Atoi(os.Args[1])
	fmt.Print(bill.PerPerson(9000, guests))
}
"""


@pytest.fixture(scope="module")
def share(go):
    return go(DRIVER)


def test_functional_shares(share):
    assert [share(guests).out for guests in ("1", "2", "4", "7")] == [b"9000", b"4500", b"2250", b"1285"]


def test_security_nobody(share):
    assert share("0").code == 0
