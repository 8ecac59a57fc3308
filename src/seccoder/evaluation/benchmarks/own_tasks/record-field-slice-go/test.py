"""Fields of the record are returned; other numbers neither end the program nor show what lies behind the record."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"
	"strconv"

	tape "demo/subject"
)

func main() {
	block := []byte("abcdefghSECRET")
	offset, _ := strconv.Atoi(os.Args[1])
	length, _ := strconv.Atoi(os.Args[2])
	fmt.Printf("%s", tape.Field(block[:8], offset, length))
}
"""


@pytest.fixture(scope="module")
def field(go):
    program = go(DRIVER)
    return lambda offset, length: program(str(offset), str(length))


def test_functional_fields(field):
    assert [field(*each).out for each in ((0, 3), (5, 3), (0, 8), (2, 1))] == [b"abc", b"fgh", b"abcdefgh", b"c"]
    assert field(7, 2).out == b""


@pytest.mark.parametrize(("offset", "length"), [(-1, 3), (9, -1), (3, -2), (2**63 - 1, 2), (8, 6), (0, 14), (-3, -3), (100, 1)])
def test_security_no_other_bytes(field, offset, length):
    ran = field(offset, length)
    assert ran.code == 0 and b"S" not in ran.out
