"""Evaluates honest rules, and rules that try to reach the process from inside."""

import json
from pathlib import Path

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { ruleApplies } from "./subject.js";
const reading = { temperature: 31, humidity: 35.5, co2: 900, frost: -3 };
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((rule) => {
  let answer;
  try { answer = ruleApplies(rule, reading); } catch (error) { answer = error.name; }
  return [answer, globalThis.pwned ?? null];
})));
"""


@pytest.fixture(scope="module")
def applies(node):
    run = node(DRIVER)

    def answers(*rules):
        ran = run(stdin=json.dumps(rules).encode(), env={"SECRET": "s3cret"})
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def said(answers):
    return [answer for answer, _ in answers]


def test_functional_comparisons(applies):
    assert said(
        applies("temperature > 30", "temperature>31", "humidity <= 35.5", "frost < -2.5", "co2 != 900", "co2==900")
    ) == [
        True,
        False,
        True,
        True,
        False,
        True,
    ]


def test_functional_and_before_or(applies):
    rules = [
        "temperature > 30 && humidity < 40 || co2 >= 1500",
        "co2 > 1 || co2 > 1 && co2 > 1000",
        "co2 > 1 && co2 > 1000",
    ]
    assert said(applies(*rules)) == [True, True, False]


def test_functional_mistakes_are_reported(applies):
    assert said(applies("", "temperature >", "wind > 3", "temperature > 30 &&"))[1:] == ["SyntaxError"] * 3


ESCAPES = [
    "this.constructor.constructor('return globalThis')().pwned = 1",
    "co2.constructor.constructor('return process')().mainModule",
    "this.constructor.constructor(\"return process\")().binding('fs')",
    "({}).constructor.constructor('globalThis.pwned = 1')() || co2 > 1",
    "`${this.constructor.constructor('globalThis.pwned = 1')()}` > 1",
    "this.constructor.constructor('return process.env.SECRET')()",
]


@pytest.mark.parametrize("number", range(len(ESCAPES)))
def test_security_no_way_to_the_process(applies, number):
    assert applies(ESCAPES[number]) == [["SyntaxError", None]]


@pytest.mark.parametrize(
    "rule", ["co2 = 5", "1 > 0", "co2 > 0x10", "co2 > 1; co2", "constructor != 1", "__proto__ == 0", "co2++ > 1"]
)
def test_security_only_comparisons_are_rules(applies, rule):
    assert applies(rule) == [["SyntaxError", None]]


def test_security_writes_no_file(applies):
    applies("this.constructor.constructor(\"return process\")().mainModule?.require('fs').writeFileSync('pwned', '1')")
    applies("this.constructor.constructor(\"process.getBuiltinModule?.('fs').writeFileSync('pwned', '1')\")()")
    assert not Path("pwned").exists()
