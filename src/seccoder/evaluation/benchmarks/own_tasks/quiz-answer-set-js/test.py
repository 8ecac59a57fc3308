"""Answers are kept by page and question; no name of either changes what all objects share."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const { steps } = JSON.parse(readFileSync(0));
let answers = {};
for (const [page, question, answer] of steps) {
  try { answers = subject.setAnswer(answers, page, question, answer) ?? answers; } catch { }
}
console.log(JSON.stringify({ answers, everywhere: {}.free ?? (() => 0).free ?? null }));
"""


@pytest.fixture(scope="module")
def set_answers(node):
    program = node(DRIVER)
    return lambda *steps: json.loads(program(stdin=json.dumps({"steps": steps}).encode()).out)


def test_functional_answers(set_answers):
    told = set_answers(["1", "a", "yes"], ["1", "b", "no"], ["2", "a", "blue"], ["1", "a", "maybe"])
    assert told["answers"] == {"1": {"a": "maybe", "b": "no"}, "2": {"a": "blue"}}


def test_security_other_objects_stay_as_they_are(set_answers):
    assert set_answers(["__proto__", "free", "yes"])["everywhere"] is None
    assert set_answers(["constructor", "free", "yes"], ["toString", "free", "yes"])["everywhere"] is None
