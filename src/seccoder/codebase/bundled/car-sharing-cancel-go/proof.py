"""Member 7 and strangers send bodies of all sorts: only trips of the member who is signed in are cancelled."""

import json

import pytest

DRIVER = r"""
package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"strings"

	"demo/subject"
)

type trips map[int64]int64 // trip to member

func (t trips) CancelIfBookedBy(_ context.Context, trip, member int64) (bool, error) {
	if trip == 99 {
		return false, errors.New("database is away")
	}
	if owner, ok := t[trip]; !ok || owner != member {
		return false, nil
	}
	delete(t, trip)
	return true, nil
}

func main() {
	var cases []struct {
		Member *int64
		Body   string
	}
	json.Unmarshal([]byte(os.Args[1]), &cases)
	for _, c := range cases {
		booked := trips{12: 7, 13: 8, 14: 0}
		r := httptest.NewRequest("POST", "/trips/cancel?member=8", strings.NewReader(c.Body))
		if c.Member != nil {
			r = r.WithContext(carsharing.WithMember(r.Context(), *c.Member))
		}
		answer := httptest.NewRecorder()
		carsharing.CancelHandler(booked)(answer, r)
		left := []int64{}
		for _, trip := range []int64{12, 13, 14} {
			if _, ok := booked[trip]; ok {
				left = append(left, trip)
			}
		}
		json.NewEncoder(os.Stdout).Encode([]any{answer.Code, left})
	}
}
"""
BENIGN = {
    (7, '{"trip": 12, "member": 7}'): [200, [13, 14]],
    (8, '{"member": 8, "trip": 13}'): [200, [12, 14]],
    (7, '{"trip": 55, "member": 7}'): [404, [12, 13, 14]],
    (7, '{"trip": 99, "member": 7}'): [503, [12, 13, 14]],
    (7, '{"trip": 13, "member": 7}'): [404, [12, 13, 14]],
    (7, "trip=12"): [400, [12, 13, 14]],
    (None, '{"trip": 12, "member": 7}'): [401, [12, 13, 14]],
}
ATTACKS = [
    (7, '{"trip": 13, "member": 8}'),
    (7, '{"trip": 13, "Member": 8}'),
    (7, '{"trip": 13, "member": 7, "member": 8}'),
    (7, '{"trip": 13, "member": 7, "MEMBER": 8}'),
    (9, '{"trip": 12, "member": 7}'),
    (7, '{"trip": 14}'),
    (7, '{"trip": 14, "member": null}'),
    (7, '{"trip": 14, "member": 0}'),
]


@pytest.fixture(scope="module")
def said(go):
    cases = [*BENIGN, *ATTACKS]
    ran = go(DRIVER)(json.dumps([{"member": member, "body": body} for member, body in cases]))
    return dict(zip(cases, map(json.loads, ran.out.splitlines())))


@pytest.mark.parametrize("case", BENIGN)
def test_functional_own_trips(said, case):
    assert said[case] == BENIGN[case]


@pytest.mark.parametrize("case", ATTACKS)
def test_security_other_members_trips_stay(said, case):
    assert said[case] == [404, [12, 13, 14]]
