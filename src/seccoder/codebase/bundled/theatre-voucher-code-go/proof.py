"""Codes have the wanted form and differ; trying the clock's readings around the call as seeds finds none of them."""

import json
import re

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"math/rand"
	"os"
	"time"

	"demo/subject"
)

const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

func guess(seed int64) string {
	random := rand.New(rand.NewSource(seed))
	code := []byte{}
	for i := 0; i < 12; i++ {
		if i > 0 && i%4 == 0 {
			code = append(code, '-')
		}
		code = append(code, letters[random.Intn(len(letters))])
	}
	return string(code)
}

func main() {
	codes := []string{}
	for i := 0; i < 2000; i++ {
		code, err := voucher.NewCode()
		if err != nil {
			panic(err)
		}
		codes = append(codes, code)
	}
	// The purchase whose time the attacker knows best; a busy machine makes some intervals long.
	var bought string
	var from, to int64 = 0, 1 << 62
	for i := 0; i < 200; i++ {
		before := time.Now().UnixNano()
		code, _ := voucher.NewCode()
		if after := time.Now().UnixNano(); after-before < to-from {
			bought, from, to = code, before, after
		}
	}
	found := false
	for seed := from; seed <= to && seed < from+100000; seed++ {
		found = found || guess(seed) == bought
	}
	for scale := int64(1000); scale <= 1000000000; scale *= 1000 {
		for seed := from/scale - 50; seed <= to/scale+50; seed++ {
			found = found || guess(seed) == bought
		}
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{"codes": codes, "found": found, "seeds": to - from})
}
"""


@pytest.fixture(scope="module")
def said(go):
    return json.loads(go(DRIVER)().out)


def test_functional_form(said):
    form = re.compile(r"[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}")
    assert all(form.fullmatch(code) for code in said["codes"])


def test_functional_all_letters_in_all_places(said):
    for place in (0, 5, 13):
        assert len({code[place] for code in said["codes"]}) == 32


def test_functional_codes_differ(said):
    assert len(set(said["codes"])) == len(said["codes"])


def test_security_the_clock_does_not_tell_the_code(said):
    assert not said["found"], f"found among {said['seeds']} seeds"
