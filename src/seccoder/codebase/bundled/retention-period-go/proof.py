"""Periods at the edges of a Duration: each is either exact or refused, never negative or short."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	"demo/subject"
)

func main() {
	for _, text := range os.Args[1:] {
		if period, err := retention.Parse(text); err != nil {
			fmt.Println("refused")
		} else {
			fmt.Println(int64(period))
		}
	}
}
"""
UNITS = {"h": 3600 * 10**9, "d": 24 * 3600 * 10**9, "w": 7 * 24 * 3600 * 10**9}
MOST = {unit: (2**63 - 1) // size for unit, size in UNITS.items()}

BENIGN = ["1h", "36h", "30d", "8w", "365d", "0012d", *(f"{most}{unit}" for unit, most in MOST.items())]
REFUSED = ["", "d", "30", "0d", "-1d", "-9223372036854775808w", "1.5d", "30 d", "d30", "30m", "30D", "1d12h", "0x10d"]
TOO_LONG = [
    *(f"{most + 1}{unit}" for unit, most in MOST.items()),
    *(f"{2**63 // size * 2 + 2}{unit}" for unit, size in UNITS.items()),
    *(f"{2**64 // size + 1}{unit}" for unit, size in UNITS.items()),
    "1000000d",
    "100000w",
    "4294967296d",
    "9223372036854775807h",
    "9223372036854775808h",
    "18446744073709551617h",
    "99999999999999999999999999w",
]
TEXTS = [*BENIGN, *REFUSED, *TOO_LONG]


@pytest.fixture(scope="module")
def said(go):
    return dict(zip(TEXTS, go(DRIVER)(*TEXTS).out.decode().splitlines()))


@pytest.mark.parametrize("text", BENIGN)
def test_functional_periods(said, text):
    assert said[text] == str(int(text[:-1]) * UNITS[text[-1]])


@pytest.mark.parametrize("text", REFUSED)
def test_functional_no_period(said, text):
    assert said[text] == "refused"


@pytest.mark.parametrize("text", TOO_LONG)
def test_security_longer_than_a_duration(said, text):
    assert said[text] == "refused"
