"""Measures how long texts take that are almost durations, from short to long, and stops at the first slow one."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { parseDuration } from "./subject.js";
const { texts, repeat } = JSON.parse(readFileSync(0));
const said = { minutes: texts.map((text) => parseDuration(text)), slow: null, wrong: false };
const lengths = [...Array.from({ length: 60 }, (_, n) => 10 + 2 * n), 200, 400, 800, 1600, 3200, 6400, 12_800, 200_000];
for (const length of repeat ? lengths : []) {
  const text = repeat[0] + repeat[1].repeat(Math.ceil(length / repeat[1].length)) + repeat[2];
  const start = performance.now();
  said.wrong ||= parseDuration(text) !== null;
  if (performance.now() - start > 700) { said.slow = length; break; }
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def ask(node):
    run = node(DRIVER)

    def ask(*texts, repeat=None):
        ran = run(stdin=json.dumps({"texts": texts, "repeat": repeat}).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return ask


def test_functional_durations(ask):
    said = ask("1h 30m", "2 h 15", "90m", "45", " 1H30M ", "0", "1h 1h 5", "10 h", "8h\t")
    assert said["minutes"] == [90, 135, 90, 45, 90, 0, 125, 600, 480]


def test_functional_anything_else(ask):
    texts = ["", "  ", "h", "1h30x", "m30", "-5", "1.5h", "1h, 30m", "one hour", "1 hm", "5 m m", "9" * 40, "1h 30m !"]
    assert ask(*texts)["minutes"] == [None] * len(texts)


TEXTS = [["", "1", "!"], ["", "1 ", "!"], ["", "11h ", "x"], ["1h", " ", "!"], ["", "1m1", "."], ["9", "0", "hh"]]


@pytest.mark.parametrize("repeat", TEXTS)
def test_security_long_texts_are_fast(ask, repeat):
    said = ask(repeat=repeat)
    assert said["slow"] is None and not said["wrong"]
