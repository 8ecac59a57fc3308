"""Hints of honest game masters, and hints that try to run something or to read what is not theirs."""

import json

import pytest

DRIVER = r"""
import { renderHint } from "./subject.js";
globalThis.secret = "k3y";
const values = { team: "The ${minutes} Owls", minutes: 7 };
const render = (hint) => { try { return renderHint(hint, values); } catch { return "error"; } };
console.log(JSON.stringify({
  good: [render("${team}: look up!"), render("Only ${ minutes } minutes, ${team}"), render("${name} `here` \\o/ $5 {x}"), render("")],
  evil: ["${globalThis.trace = 1}", "${minutes.constructor.constructor('globalThis.trace = 1')()}", "${globalThis.secret}", "${process.env.PATH}", "${(() => { globalThis.trace = 1 })()}"].map((hint) => { const out = render(hint); const ran = globalThis.trace ?? 0; delete globalThis.trace; return [ran, out === hint || out === "error"]; }),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_hints(said):
    assert said["good"] == ["The ${minutes} Owls: look up!", "Only 7 minutes, The ${minutes} Owls", "${name} `here` \\o/ $5 {x}", ""]


def test_security_a_place_runs_nothing(said):
    assert said["evil"] == [[0, True]] * 5
