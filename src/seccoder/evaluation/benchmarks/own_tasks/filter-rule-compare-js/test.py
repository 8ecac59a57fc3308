"""Rules are compared with mails, and nothing in a rule is run."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
globalThis.pwned = 0;
const answers = JSON.parse(readFileSync(0)).map((rule) => {
  try { return subject.matches(...rule); } catch { return null; }
});
console.log(JSON.stringify({ answers, pwned: globalThis.pwned }));
"""
MAIL = {"size": 120, "age": 3}


@pytest.fixture(scope="module")
def judge(node):
    program = node(DRIVER)
    return lambda *rules: json.loads(program(stdin=json.dumps([[MAIL, *rule] for rule in rules]).encode()).out)


def test_functional_rules(judge):
    told = judge(["size", ">", 100], ["size", "<", 100], ["age", "<=", 3], ["age", ">=", 4], ["age", "==", 3])
    assert told["answers"] == [True, False, True, False, True]


@pytest.mark.parametrize("rule", [["size", "> 0, pwned = 1, 1 ==", 1], ["size", ">", "(pwned = 1)"], ["size, pwned = 1, mail.size", ">", 1]])
def test_security_rules_are_not_run(judge, rule):
    assert judge(rule)["pwned"] == 0
