"""Students and examiners ask before and after the release, which is a moment in time."""

import json

import pytest

DRIVER = """
import { resultsFor } from "./subject.js";
const results = [{ student: "ann", grade: 1.3 }, { student: "bo", grade: 5 }];
const ask = (id, now, released = new Date("2024-07-01T12:00:00Z"), course = "algebra") => resultsFor({ course: async (name) => (name === "algebra" ? { examiners: ["prof"], released } : null), results: async () => results }, { id }, course, new Date(now));
const AFTER = "2024-07-02T00:00:00Z", BEFORE = "2024-07-01T11:59:00Z";
console.log(JSON.stringify({
  ann: await ask("ann", AFTER), prof: [await ask("prof", BEFORE), await ask("prof", AFTER, null)],
  none: [await ask("eve", AFTER), await ask("ann", AFTER, null), await ask("ann", AFTER, undefined, "other"), await ask("eve", BEFORE)],
  early: [await ask("ann", BEFORE), await ask("bo", BEFORE)],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_results(said):
    assert said["ann"] == [{"student": "ann", "grade": 1.3}]
    assert [len(each) for each in said["prof"]] == [2, 2] and said["none"] == [None] * 4


def test_security_before_the_release(said):
    assert said["early"] == [None, None]
