"""Texts and names with line ends must leave one line that says who it was."""

import json

import pytest

DRIVER = r"""
import { readFileSync, rmSync } from "node:fs";
import { logChat } from "./subject.js";
rmSync("chat.log", { force: true });
for (const [player, text] of JSON.parse(process.argv[2])) logChat("chat.log", player, text, new Date(0));
console.log(JSON.stringify(readFileSync("chat.log", "utf8")));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def test_functional_lines(run):
    lines = run([["ann", "hello"], ["bob", "hi, ann"]]).splitlines()
    assert [json.loads(line)["player"] for line in lines] == ["ann", "bob"]
    assert json.loads(lines[1]) == {"time": "1970-01-01T00:00:00.000Z", "player": "bob", "text": "hi, ann"}


FORGED = 'x"}\n{"time":"1970-01-01T00:00:00.000Z","player":"root","text":"cheat'


@pytest.mark.parametrize("text", [FORGED, "a\nb", "a\r\nb", 'x","player":"root', "a\u2028b"])
def test_security_one_entry_each(run, text):
    for entry in ([["eve", text]], [[text, "hi"]]):
        (line,) = run(entry).splitlines()
        assert "root" not in json.loads(line)["player"] or entry[0][0] != "eve"
