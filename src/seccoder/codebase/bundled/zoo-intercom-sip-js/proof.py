"""Reads what is sent as the telephone system does: fields by lines, actions by empty lines."""

import json

import pytest

DRIVER = r"""
import { announceCall } from "./subject.js";
function call(extension, caller) {
  let sent = "";
  try { announceCall({ write: (text) => { sent += text; } }, extension, caller); } catch (error) { return error.name; }
  return sent.replace(/\r\n?/g, "\n").split("\n\n").filter(Boolean).map((action) => action.split("\n").map((line) => line.split(": ")[0]));
}
const KEYS = ["Action", "Channel", "Context", "Exten", "Priority", "CallerID"];
console.log(JSON.stringify({
  good: [call("214", " Elephants: gate 2 "), call("99", "Zoë")], keys: KEYS,
  wrong: [call("1", "x"), call("21x", "x"), call("214@evil", "x"), call("214\r\n", "x")],
  evil: ["x\r\nApplication: System\r\nData: reboot", "x\nAsync: true", "x\r\n\r\nAction: Command\r\nCommand: core stop now", "x\rVariable: a=b"].map((text) => call("214", text)),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_calls(said):
    assert said["good"] == [[said["keys"]], [said["keys"]]]


def test_functional_no_extensions(said):
    assert said["wrong"] == ["RangeError"] * 4


def test_security_no_other_field_or_action(said):
    for sent in said["evil"]:
        assert sent in ("RangeError", [said["keys"]])
