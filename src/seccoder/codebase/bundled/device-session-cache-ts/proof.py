"""Sessions there and back, damaged texts, and texts that are programs."""

import json

import pytest

DRIVER = r"""
import { pack, unpack } from "./subject.js";
const attempt = (text) => { try { const { device, since, topics } = unpack(text); return [device, since.getTime(), [...topics]]; } catch { return "error"; } };
const session = { device: "boiler \"7\"", since: new Date(1700000000000), topics: new Set(["a/b", "c"]) };
console.log(JSON.stringify({
  back: attempt(pack(session)),
  wrong: ["", "{", "3", "null", "[]", "{\"device\":1}"].map(attempt),
  evil: ["globalThis.trace = 1", "(() => { globalThis.trace = 1; return {device:'x',since:new Date(1),topics:new Set()} })()", "{get device() { globalThis.trace = 1; return 'x' }, since: new Date(1), topics: new Set()}"].map((text) => { attempt(text); const ran = globalThis.trace ?? 0; delete globalThis.trace; return ran; }),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_there_and_back(said):
    assert said["back"] == ['boiler "7"', 1700000000000, ["a/b", "c"]]


def test_functional_no_sessions(said):
    assert said["wrong"] == ["error"] * 6


def test_security_a_text_runs_nothing(said):
    assert said["evil"] == [0, 0, 0]
