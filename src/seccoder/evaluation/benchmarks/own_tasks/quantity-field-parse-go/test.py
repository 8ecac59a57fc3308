"""Numbers are read, and none becomes another one."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	scanner "demo/subject"
)

func main() {
	for _, typed := range os.Args[1:] {
		n, err := scanner.Quantity(typed)
		fmt.Println(n, err == nil)
	}
}
"""


@pytest.fixture(scope="module")
def read(go):
    program = go(DRIVER)
    return lambda *typed: program(*typed).out.decode().splitlines()


def test_functional_numbers(read):
    assert read("12", "0", "32767") == ["12 true", "0 true", "32767 true"]
    assert all(line.endswith("false") for line in read("many", "", "1.5"))


def test_security_no_other_number(read):
    for typed, line in zip(("32768", "65537", "70000", "4294967297"), read("32768", "65537", "70000", "4294967297")):
        assert line.endswith("false") or line == "32767 true", (typed, line)
