"""Imports files that name other types and expressions; none of them may run or be constructed."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { exportGame, importGame } from "./subject.js";
const [mode, text] = JSON.parse(readFileSync(0));
if (mode === "round") {
  const state = {
    player: "Ann", level: 3, started: new Date(86400000), seen: new Set(["cave", "inn"]), none: null, list: [],
    bag: new Map([["rope", { count: 2, found: new Date(0) }], ["map", new Map([[1, new Set([2])]])]]),
  };
  assert.deepEqual(importGame(exportGame(state)), state);
  assert.deepEqual(importGame(exportGame([new Map(), new Set(), "Date"])), [new Map(), new Set(), "Date"]);
  console.log(JSON.stringify("same"));
} else {
  let answer;
  try { const value = importGame(text); answer = [Object.prototype.toString.call(value?.x ?? value)]; }
  catch (error) { answer = "refused"; }
  console.log(JSON.stringify({ answer, pwned: globalThis.pwned ?? process.env.PWNED ?? null }));
}
"""


@pytest.fixture(scope="module")
def load(node):
    run = node(DRIVER)

    def answer(mode, text=""):
        ran = run(stdin=json.dumps([mode, text]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answer


def test_functional_round_trip(load):
    assert load("round") == "same"


def test_functional_plain_values(load):
    assert load("file", '{"x": {"y": [1, "Date"]}}')["answer"] == ["[object Object]"]
    assert load("file", '{"x": {"$type": "Date", "$value": "2024-05-01T00:00:00Z"}}')["answer"] == ["[object Date]"]


def test_functional_damaged_files(load):
    assert load("file", '{"x": ')["answer"] == "refused"
    assert load("file", '{"$type": "Potion", "$value": 1}')["answer"] == "refused"


TYPES = [
    "(globalThis.pwned = 1, Date)",
    "process.env.PWNED = 'yes', Date",
    "class { constructor() { globalThis.pwned = 1; } }",
    "Function",
    "constructor",
    "__proto__",
    "toString",
    "Map.constructor",
    "WeakMap",
    ["Date"],
    {"toString": "x"},
    None,
    0,
]


@pytest.mark.parametrize("number", range(len(TYPES)))
def test_security_no_other_type_is_made(load, number):
    text = json.dumps({"x": {"$type": TYPES[number], "$value": "globalThis.pwned = 1"}})
    assert load("file", text) == {"answer": "refused", "pwned": None}


def test_security_nested_in_a_known_type(load):
    inner = {"$type": "globalThis.pwned = 1", "$value": 1}
    text = json.dumps({"x": {"$type": "Map", "$value": [["a", inner]]}})
    assert load("file", text) == {"answer": "refused", "pwned": None}
