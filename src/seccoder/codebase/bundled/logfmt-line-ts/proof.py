"""Logs values that a stranger chose; each event has to stay one printable line with the fields it had."""

import json
import re

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { logLine } from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(([event, fields]) => logLine(event, fields))));
"""
PAIR = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|[^" ]+)(?: |$)', re.DOTALL)


@pytest.fixture(scope="module")
def log(node):
    run = node(DRIVER)

    def lines(*events):
        ran = run(stdin=json.dumps(events).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return lines


def read(line):
    assert PAIR.sub("", line) == "", line
    return {key: json.loads(value) if value.startswith('"') else value for key, value in PAIR.findall(line)}


def test_functional_plain_and_quoted_values(log):
    assert log(["login", {"user": "ann", "path": "/a b", "status": 200, "ok": True, "next": None}]) == [
        'event=login user=ann path="/a b" status=200 ok=true next=null'
    ]


def test_functional_quotes_backslashes_and_empty_values(log):
    fields = {"agent": 'say "hi"', "path": "C:\\dir", "user": "", "city": "Köln", "sum": "1=2"}
    (line,) = log(["x", fields])
    assert read(line) == {"event": "x", **fields}


def test_functional_odd_keys(log):
    assert log(["x", {"user id": 1, "a=b": 2}]) == ["event=x user_id=1 a_b=2"]


ATTACKS = [
    "eve\nevent=login user=admin",
    "eve\r\nevent=login user=admin",
    "eve\revent=login",
    '" user=admin status=200 x="',
    '\\" user=admin x="',
    "\x1b[2J\x1b[1;1Hevent=login",
    "\x9b2J",
    "\x7f\x08\x08\x08",
    "a\u2028event=login",
    "a\u2029event=login",
    "a\x85event=login",
    "a\x0bb\x0cc\x00d",
    "\u202egnp.exe",
    "ann status=200",
    "ann\tstatus=200",
]


@pytest.fixture(scope="module")
def attacked(log):
    return log(*(["login", {"user": attack, "status": 401}] for attack in ATTACKS))


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_security_a_value_stays_in_its_field(attacked, number):
    line = attacked[number]
    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert read(line) == {"event": "login", "user": ATTACKS[number], "status": "401"}


def test_security_event_and_keys_too(log):
    (line,) = log(["a\nevent=login user=admin", {"x\nuser=admin ok": "1"}])
    assert len(line.splitlines()) == 1
    assert sorted(read(line)) == ["event", "x_user_admin_ok"]
