"""Parses commands, and messages made for backtracking, each with a generous second."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import vm from "node:vm";
import subject from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((message) => {
  globalThis.work = () => subject.parseCommand(message);
  try { return vm.runInThisContext("work()", { timeout: 1000 }); }
  catch (error) { return error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? "hangs" : error.name; }
})));
"""


@pytest.fixture(scope="module")
def parse(node):
    run = node(DRIVER)

    def answers(*messages):
        ran = run(stdin=json.dumps(messages).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_arguments(parse):
    assert parse('/remind "pick up the kids" 17:30', "/help", "/roll  2d6\t+3 ", '/say "" "a\nb"') == [
        {"name": "remind", "args": ["pick up the kids", "17:30"]},
        {"name": "help", "args": []},
        {"name": "roll", "args": ["2d6", "+3"]},
        {"name": "say", "args": ["", "a\nb"]},
    ]


def test_functional_escapes(parse):
    assert parse(r'/say "a \"b\" c\\d" e\f') == [{"name": "say", "args": ['a "b" c\\d', "e\\f"]}]


def test_functional_not_a_command(parse):
    assert parse("hello", "/", "/Say", '/say "open', '/say a"b', '/say "a"b', "/say!", "/a" + "b" * 4000) == [None] * 8


@pytest.mark.parametrize(
    "start,repeated,end",
    [
        ('/say "', " ", ""),
        ('/say "', "a ", ""),
        ('/say "x" "', "\t", "\\"),
        ("/say ", '"a" ', '"'),
        ("/say ", "a ", '"'),
        ("/say", " ", '"'),
        ('/say "', "\\ ", ""),
        ('/say "', "\\\\", ""),
        ("/say ", "a", '"'),
        ("/", "a", "!"),
    ],
)
def test_security_does_not_hang(parse, start, repeated, end):
    longest = start + repeated * ((4000 - len(start) - len(end)) // len(repeated)) + end
    assert parse(longest) == [None]
