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
    kept = {"32768": "-32768", "65537": "1", "70000": "4464", "4294967298": "2"}  # what 16 bits keep
    for typed, line in zip(kept, read(*kept)):
        assert line != f"{kept[typed]} true", typed
