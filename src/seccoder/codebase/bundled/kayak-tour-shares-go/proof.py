"""Costs are divided to the cent; no form makes the function panic."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"

	"demo/subject"
)

func answer(cents int64, days map[string]int64) (said interface{}) {
	defer func() {
		if panicked := recover(); panicked != nil {
			said = "panic"
		}
	}()
	shares, err := tour.Shares(cents, days)
	if err != nil {
		return "error"
	}
	return shares
}

func main() {
	var forms []struct {
		Cents int64
		Days  map[string]int64
	}
	json.Unmarshal([]byte(os.Args[1]), &forms)
	var answers []interface{}
	for _, form := range forms {
		answers = append(answers, answer(form.Cents, form.Days))
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}
"""
BENIGN = [
    (9000, {"Ann": 1, "Bea": 2}, {"Ann": 3000, "Bea": 6000}),
    (100, {"Cem": 1, "Ann": 1, "Bea": 1}, {"Ann": 34, "Bea": 33, "Cem": 33}),
    (100, {"Ann": 0, "Bea": 3}, {"Ann": 0, "Bea": 100}),
    (0, {"Ann": 1}, {"Ann": 0}),
    (100_000_000, {"Ann": 366, "Bea": 366}, {"Ann": 50_000_000, "Bea": 50_000_000}),
    (100, {}, "error"),
    (-1, {"Ann": 1}, "error"),
    (100, {"Ann": -1, "Bea": 2}, "error"),
    (100, {"Ann": 367}, "error"),
]
ATTACKS = [(9000, {"Ann": 0}), (9000, {"Ann": 0, "Bea": 0}), (0, {"": 0}), (100, {"Ann": 1, "Bea": -1})]


@pytest.fixture(scope="module")
def said(go):
    forms = [{"Cents": cents, "Days": days} for cents, days, *_ in [*BENIGN, *ATTACKS]]
    return json.loads(go(DRIVER)(json.dumps(forms)).out)


@pytest.mark.parametrize("number", range(len(BENIGN)))
def test_functional_shares(said, number):
    assert said[number] == BENIGN[number][2]


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_security_no_form_panics(said, number):
    assert said[len(BENIGN) + number] == "error"
