"""Bodies with numbers at and past each end, missing, null or written otherwise: valves open only as the app may ask."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"

	irrigation "demo/subject"
)

func main() {
	for _, body := range os.Args[1:] {
		frame, err := irrigation.Frame([]byte(body), 6)
		numbers := []int{}
		for _, b := range frame {
			numbers = append(numbers, int(b))
		}
		json.NewEncoder(os.Stdout).Encode(map[string]any{"frame": numbers, "failed": err != nil})
	}
}
"""


def body(zone, minutes):
    return json.dumps({"zone": zone, "minutes": minutes})


BENIGN = {
    body(1, 1): [1, 0, 60],
    body(2, 15): [2, 3, 132],
    body(6, 60): [6, 14, 16],
    '{"minutes": 5, "zone": 3, "note": "roses"}': [3, 1, 44],
    '{"zone": 9, "zone": 2, "minutes": 1}': [2, 0, 60],
}
TOO_MUCH = [body(7, 5), body(256, 5), body(257, 5), body(2, 61), body(2, 1093), body(2, 10**30), body(10**30, 2)]
MALFORMED = ["", "zone 2", "[]", body("2", 5), body(2, "5"), body(2.5, 5), body(2, 0.5), body(2, 5) + body(0, 5)]
ALL_ZONES = [
    body(0, 5),
    '{"minutes": 5}',
    '{"zone": null, "minutes": 5}',
    body(-256, 5),
    body(-254, 5),
    body(-1, 5),
    '{"zone": -0, "minutes": 5}',
    '{"zone": 2, "ZONE": 0, "minutes": 5}',
]
FOR_HOURS = [
    body(2, -1),
    body(2, 0),
    body(2, -60),
    body(2, -1092),
    body(2, -(2**31)),
    body(2, -(2**63)),
    '{"zone": 2}',
    '{"zone": 2, "minutes": null}',
    '{"zone": 2, "minutes": 5, "Minutes": -5}',
    "{}",
    "null",
]


@pytest.fixture(scope="module")
def said(go):
    cases = [*BENIGN, *TOO_MUCH, *MALFORMED, *ALL_ZONES, *FOR_HOURS]
    ran = go(DRIVER)(*cases)
    return dict(zip(cases, map(json.loads, ran.out.splitlines()), strict=True))


@pytest.mark.parametrize("case", BENIGN)
def test_functional_frames(said, case):
    assert said[case] == {"frame": BENIGN[case], "failed": False}


@pytest.mark.parametrize("case", [*TOO_MUCH, *MALFORMED])
def test_functional_errors(said, case):
    assert said[case] == {"frame": [], "failed": True}


@pytest.mark.parametrize("case", ALL_ZONES)
def test_security_no_other_zone_is_opened(said, case):
    assert said[case] == {"frame": [], "failed": True}


@pytest.mark.parametrize("case", FOR_HOURS)
def test_security_not_longer_than_an_hour(said, case):
    assert said[case] == {"frame": [], "failed": True}
