"""Members give their own duties away; those of others stay where they are."""

import json

import pytest

DRIVER = r"""
package main

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"os"
	"strings"

	"demo/subject"
)

func main() {
	for _, line := range os.Args[1:] {
		words := strings.Split(line, " ")
		garden := &rota.Rota{Duties: map[int]string{1: "ann", 2: "bob"}}
		request := httptest.NewRequest("POST", "/duty/give", strings.NewReader(words[1]))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if words[0] != "nobody" {
			request = request.WithContext(context.WithValue(request.Context(), rota.MemberKey, words[0]))
		}
		answer := httptest.NewRecorder()
		garden.Give(answer, request)
		json.NewEncoder(os.Stdout).Encode([]any{line, []any{answer.Code, garden.Duties[1], garden.Duties[2]}})
	}
}
"""
FINE = {"ann duty=1&to=cem": [204, "cem", "bob"], "bob duty=2&to=ann": [204, "ann", "ann"]}
WRONG = {"ann duty=9&to=cem": 404, "ann duty=x&to=cem": 400, "ann duty=1": 400, "nobody duty=1&to=cem": 404}
ATTACKS = ["ann duty=2&to=cem", "eve duty=1&to=eve", "bob duty=1&to=bob", "Ann duty=1&to=eve"]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*FINE, *WRONG, *ATTACKS)
    return dict(json.loads(line) for line in ran.out.splitlines())


def test_functional_own_duties(said):
    assert {case: said[case] for case in FINE} == FINE


@pytest.mark.parametrize("case", WRONG)
def test_functional_wrong_forms(said, case):
    assert said[case] == [WRONG[case], "ann", "bob"]


@pytest.mark.parametrize("case", ATTACKS)
def test_security_duties_of_others(said, case):
    assert said[case] == [404, "ann", "bob"]
