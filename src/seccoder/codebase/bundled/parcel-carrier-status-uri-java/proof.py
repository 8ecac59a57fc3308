"""Addresses lead to the three carriers' hosts and to parcels, or there are none."""

import pytest

DRIVER = r"""
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            String[] words = argument.split(" ", 2);
            show(argument, () -> CarrierApi.statusOf(words[0], words[1]));
        }
    }
}
"""
FINE = {
    "swift AB12": "https://api.swift.example/v1/parcels/AB12",
    "nordpost 7": "https://api.nordpost.example/v1/parcels/7",
    "kite x9": "https://api.kite.example/v1/parcels/x9",
}
CARRIERS = ["evil.example/", "evil.example#", "evil.example?", "@evil.example/", "x@10.0.0.1:80/", "unknown", "SWIFT"]
NUMBERS = ["../../admin", "7?key=1", "7#", "7/../8", "..", "%2e%2e"]


@pytest.fixture(scope="module")
def said(java):
    cases = [*FINE, "swift ", *(f"{carrier} 7" for carrier in CARRIERS), *(f"swift {number}" for number in NUMBERS)]
    return java(DRIVER)(*cases).said


@pytest.mark.parametrize("case", FINE)
def test_functional_addresses(said, case):
    assert said[case] == FINE[case]


def test_functional_no_number(said):
    assert said["swift "] == "!IllegalArgumentException"


@pytest.mark.parametrize("carrier", CARRIERS)
def test_security_other_hosts(said, carrier):
    assert said[f"{carrier} 7"] == "!IllegalArgumentException"


@pytest.mark.parametrize("number", NUMBERS)
def test_security_other_paths(said, number):
    assert said[f"swift {number}"] == "!IllegalArgumentException"
