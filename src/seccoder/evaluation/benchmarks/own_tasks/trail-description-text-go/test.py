"""Trails are described; other files are not read."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	trails "demo/subject"
)

func main() {
	for _, name := range os.Args[2:] {
		text, err := trails.Description(os.Args[1], name)
		fmt.Printf("%q %t\n", text, err == nil)
	}
}
"""


@pytest.fixture(scope="module")
def read(go, tmp_path_factory):
    program, place = go(DRIVER), tmp_path_factory.mktemp("place")
    (place / "trails").mkdir()
    (place / "trails" / "lake-loop.txt").write_text("Around the lake")
    (place / "trails" / "old mill.txt").write_text("To the mill")
    (place / "staff.txt").write_text("hunter2")
    return lambda *names: program(str(place / "trails"), *(name.format(place=place) for name in names)).out.decode()


def test_functional_trails(read):
    assert read("lake-loop", "old mill").splitlines() == ['"Around the lake" true', '"To the mill" true']
    assert "false" in read("nowhere")


def test_security_no_other_file(read):
    assert "hunter2" not in read("../staff", "./../staff", "x/../../staff", "lake-loop/../../staff")
