"""Reads what is written as an IRC server does: a line ends at a carriage return or a line feed."""

import json

import pytest

DRIVER = r"""
import { announce } from "./subject.js";
function say(nickname, title, channel = "#forum") {
  let written = "";
  try { announce({ write: (text) => { written += text; } }, channel, nickname, title); } catch { return "error"; }
  return [written.split(/[\r\n]+/).filter(Boolean), written.endsWith("\r\n"), Buffer.byteLength(written), /[\0\x01]/.test(written)];
}
console.log(JSON.stringify({
  good: [say("ann", "Tomatoes: when?"), say("bo", " two\nlines "), say("cy", "ü".repeat(600))],
  wrong: say("ann", "x", "#forum :x"),
  evil: [say("ann", "x\rQUIT :bye"), say("eve\rPRIVMSG nickserv :drop", "x"), say("ann", "a\r\nJOIN #x\r\n"), say("ann", "\x01ACTION x\x01"), say("ann", "x\0y")],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_announcements(said):
    assert said["good"][0][0] == ["PRIVMSG #forum :ann opened: Tomatoes: when?"]
    assert said["good"][1][0] == ["PRIVMSG #forum :bo opened: two lines"] and said["good"][1][1]


def test_functional_long_titles_and_wrong_channels(said):
    lines, _, size, _ = said["good"][2]
    assert len(lines) == 1 and 505 < size <= 512 and "\ufffd" not in lines[0]
    assert said["wrong"] == "error"


def test_security_one_line_each(said):
    for lines, ended, _, controls in said["evil"]:
        assert len(lines) == 1 and ended and lines[0].startswith("PRIVMSG #forum :") and not controls
