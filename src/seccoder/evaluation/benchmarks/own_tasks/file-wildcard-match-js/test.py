"""Wildcards match what they should; none of them keeps the server busy."""

import json
import subprocess

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const [wildcard, name] of JSON.parse(readFileSync(0))) {
  try { answers.push(await subject.matches(wildcard, name)); } catch { answers.push(null); }
}
process.stdout.write(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def driver(node):
    node(DRIVER)
    return ["node", "driver.mjs"]


def ask(driver, pairs, seconds=20):
    done = subprocess.run(driver, input=json.dumps(pairs).encode(), capture_output=True, timeout=seconds)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


YES = [
    ("*.log", "error.log"),
    ("*.log", ".log"),
    ("backup-??.tar.*", "backup-07.tar.gz"),
    ("*", ""),
    ("*", "anything at all"),
    ("", ""),
    ("a*b*c", "aXXbYYc"),
    ("a*b*c", "abcbc"),
    ("**x", "x"),
    ("?", "é"),
    ("notes (1)+[a].{t}$", "notes (1)+[a].{t}$"),
    ("a\\b^c|d", "a\\b^c|d"),
    ("*a?", "banan aa"),
]
NO = [
    ("*.log", "error.logs"),
    ("*.log", "errorXlog"),
    ("backup-??.tar.*", "backup-7.tar.gz"),
    ("?", ""),
    ("", "x"),
    ("a.c", "abc"),
    ("[ab]", "a"),
    ("A*", "abc"),
    ("a|b", "a"),
    ("*b", "abc"),
    ("a+", "aa"),
    ("log", "error.log"),
]


def test_functional_matches(driver):
    assert ask(driver, YES + NO) == [True] * len(YES) + [False] * len(NO)


SLOW = [
    ("*a" * 30 + "*b", "a" * 60),
    ("*" * 40 + "b", "a" * 60),
    ("*?" * 25 + "b", "a" * 60),
    ("a*" * 30 + "!", "a" * 60),
    ("(a+)+$", "a" * 60 + "!"),
    ("(a|a)*b", "a" * 60),
    ("([a-z]+)*!", "a" * 60),
    ("*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*x", "." * 60),
]


def test_security_the_server_is_not_kept_busy(driver):
    try:
        ask(driver, SLOW, seconds=5)
    except subprocess.TimeoutExpired:
        pytest.fail("it takes more than 5 seconds")
