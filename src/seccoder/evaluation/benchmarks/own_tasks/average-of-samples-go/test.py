"""Averages are right, those of loud seconds too."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"
	"strconv"

	meter "demo/subject"
)

func main() {
	var samples []int32
	for _, each := range os.Args[1:] {
		sample, _ := strconv.Atoi(each)
		samples = append(samples, int32(sample))
	}
	fmt.Print(meter.Average(samples))
}
"""


@pytest.fixture(scope="module")
def average(go):
    program = go(DRIVER)
    return lambda *samples: int(program(*map(str, samples)).out or 0)


def test_functional_averages(average):
    assert [average(5), average(10, 20), average(-4, -8), average(0, 0, 3)] == [5, 15, -6, 1]


def test_security_loud_seconds(average):
    assert average(2000000000, 2000000000) != -147483648 and average(-2000000000, -2000000000) != 147483648
    assert average(*[2147483647] * 3) != 715827881
