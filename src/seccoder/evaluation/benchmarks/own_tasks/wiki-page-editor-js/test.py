"""Pages are edited by those who may, and by nobody who is blocked."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(([name, moderator, blocked]) => {
  try { return Boolean(subject.mayEdit({ name, moderator, blocked }, { title: "Fair", author: "ann" })); } catch { return null; }
})));
"""


@pytest.fixture(scope="module")
def may(node):
    program = node(DRIVER)
    return lambda *users: json.loads(program(stdin=json.dumps(users).encode()).out)


def test_functional_users(may):
    assert may(["ann", False, False], ["mod", True, False], ["bob", False, False]) == [True, True, False]


def test_security_nobody_who_is_blocked(may):
    assert not any(may(["ann", False, True], ["mod", True, True], ["ann", True, True], ["bob", False, True]))
