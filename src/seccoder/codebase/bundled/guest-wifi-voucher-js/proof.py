"""Plays an attacker who knows the state of Math.random and the clock: the codes must not follow from them."""

import json
import re
from collections import Counter

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { createVoucher } from "./subject.js";
const [seed, nights, count] = JSON.parse(readFileSync(0));
if (seed !== null) {
  let state = seed;
  Math.random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  Date.now = () => 1700000000000;
  performance.now = () => 5;
}
const today = new Date("2024-02-27T22:30:00Z");
const answers = nights.map((n) => {
  try { return createVoucher(n, today); } catch (error) { return error.name; }
});
const codes = Array.from({ length: count }, () => createVoucher(1, today).code);
console.log(JSON.stringify({ answers, codes, today: today.toISOString() }));
"""


@pytest.fixture(scope="module")
def make(node):
    run = node(DRIVER)

    def answer(seed=None, nights=(), count=0):
        ran = run(stdin=json.dumps([seed, nights, count]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answer


def test_functional_form_and_expiry(make):
    said = make(nights=[1, 3, 28])
    assert [voucher["expires"] for voucher in said["answers"]] == ["2024-02-28", "2024-03-01", "2024-03-26"]
    for voucher in said["answers"]:
        assert re.fullmatch(r"([A-HJKMNP-Z2-9]{4}-){2}[A-HJKMNP-Z2-9]{4}", voucher["code"])
    assert said["today"] == "2024-02-27T22:30:00.000Z"


def test_functional_number_of_nights(make):
    assert make(nights=[0, 29, 1.5, "3", None])["answers"] == ["RangeError"] * 5


def test_functional_codes_differ(make):
    assert len(set(make(count=500)["codes"])) == 500


def test_security_not_the_values_of_math_random(make):
    once, again = make(seed=12345, count=20)["codes"], make(seed=12345, count=20)["codes"]
    assert not set(once) & set(again)


def test_security_no_character_is_preferred(make):
    counts = Counter("".join(make(count=4000)["codes"]).replace("-", ""))
    expected = 48000 / 31
    assert len(counts) == 31
    assert sum((count - expected) ** 2 / expected for count in counts.values()) < 100  # by chance once in 10^8
