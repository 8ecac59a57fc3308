"""Listeners take back their own requests, and no others."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"
	"strconv"

	radio "demo/subject"
)

func main() {
	requests := []radio.Request{{1, "ann", "Hey"}, {2, "bob", "Yes"}, {3, "ann", "No"}}
	id, _ := strconv.Atoi(os.Args[2])
	for _, request := range radio.Remove(requests, os.Args[1], id) {
		fmt.Print(request.ID, " ")
	}
}
"""


@pytest.fixture(scope="module")
def left(go):
    program = go(DRIVER)
    return lambda listener, number: program(listener, str(number)).out.decode().split()


def test_functional_own_requests(left):
    assert left("ann", 1) == ["2", "3"] and left("bob", 2) == ["1", "3"] and left("ann", 3) == ["1", "2"]
    assert left("ann", 9) == ["1", "2", "3"]


def test_security_no_requests_of_others(left):
    for listener, number in (("ann", 2), ("bob", 1), ("eve", 3)):
        assert left(listener, number) != [each for each in "123" if each != str(number)]
