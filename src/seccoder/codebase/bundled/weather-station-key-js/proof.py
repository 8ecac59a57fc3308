"""Watches the comparison: each guess, of any length, has to be decided by one comparison in constant time."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
const original = crypto.timingSafeEqual;
let compared = [], forced = null;
crypto.timingSafeEqual = (a, b) => {
  compared.push([a.byteLength, b.byteLength]);
  const equal = original(a, b);
  return forced ?? equal;
};
syncBuiltinESMExports();
const { StationRegistry } = await import("./subject.js");
const registry = new StationRegistry([{ id: "peak", place: "Summit hut", key: "k-7f3a91" }, { id: "lake", place: "Pier", key: "clé-über" }]);
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(({ station, key, decide = null }) => {
  compared = []; forced = decide;
  let answer;
  const headers = { ...(station === null ? {} : { "x-station": station }), ...(key === null ? {} : { "x-key": key }) };
  try { answer = registry.authenticate(headers); } catch (error) { answer = `error: ${error.code}`; }
  return { answer, compared };
})));
"""
PEAK = {"id": "peak", "place": "Summit hut"}


@pytest.fixture(scope="module")
def ask(node):
    run = node(DRIVER)

    def answers(*guesses):
        ran = run(stdin=json.dumps([{"station": "peak", **guess} for guess in guesses]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def results(answers):
    return [answer["answer"] for answer in answers]


def test_functional_right_keys(ask):
    assert results(ask({"key": "k-7f3a91"}, {"station": "lake", "key": "clé-über"})) == [
        PEAK,
        {"id": "lake", "place": "Pier"},
    ]


def test_functional_wrong_or_missing(ask):
    wrong = [
        {"key": "k-7f3a92"},
        {"key": ""},
        {"key": None},
        {"station": "lake", "key": "k-7f3a91"},
        {"key": "K-7F3A91"},
    ]
    unknown = [
        {"station": "moon", "key": "k-7f3a91"},
        {"station": None, "key": "k-7f3a91"},
        {"station": "__proto__", "key": "x"},
    ]
    assert results(ask(*wrong, *unknown)) == [None] * 8


GUESSES = ["x", "k", "k-7f3a9", "k-7f3a92", "k-7f3a91 ", "k-7f3a91k-7f3a91", "", "é" * 8, "\0" * 8, "a" * 5000]


def test_security_each_guess_is_compared_in_constant_time(ask):
    for answer in ask(*({"key": guess} for guess in GUESSES)):
        assert answer["answer"] is None
        assert len(answer["compared"]) == 1 and answer["compared"][0][0] == answer["compared"][0][1]


def test_security_that_comparison_decides(ask):
    yes, no = ask({"key": "k-wrong", "decide": True}, {"key": "k-7f3a91", "decide": False})
    assert (yes["answer"], no["answer"]) == (PEAK, None)


def test_security_repeated_headers_are_refused(ask):
    assert results(ask({"key": ["k-7f3a91"]}, {"key": {"length": 8}})) == [None, None]
