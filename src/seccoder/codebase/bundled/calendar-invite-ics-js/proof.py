"""Reads the file back as calendars do, which take any line break for the end of a property."""

import json
import re

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { createInvite } from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((change) => createInvite({
  id: 12, title: "Board games", place: "Cafe Sol", description: "Bring snacks", ...change,
  start: new Date("2024-06-01T17:00:00.250Z"), end: new Date("2024-06-01T20:00:00Z"),
}))));
"""
NAMES = "BEGIN VERSION PRODID BEGIN UID DTSTAMP DTSTART DTEND SUMMARY LOCATION DESCRIPTION END END".split()


@pytest.fixture(scope="module")
def invite(node):
    run = node(DRIVER)

    def files(*changes):
        ran = run(stdin=json.dumps(changes).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return files


def properties(text):
    return [line.partition(":")[::2] for line in re.split("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", text) if line]


def value(text, name):
    raw = dict(properties(text))[name]
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], raw)


def test_functional_an_event(invite):
    (text,) = invite({})
    assert [name for name, _ in properties(text)] == NAMES
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert value(text, "DTSTART") == "20240601T170000Z" and value(text, "DTEND") == "20240601T200000Z"
    assert value(text, "SUMMARY") == "Board games" and value(text, "UID") == "12@meetup.example"


def test_functional_punctuation_and_paragraphs(invite):
    title, description = r"Chess; Go, and more: C:\new", "Bring snacks.\n\nAnd, if you like:\r\na friend"
    (text,) = invite({"title": title, "place": "Größe 5, 1st floor", "description": description})
    assert value(text, "SUMMARY") == title
    assert value(text, "LOCATION") == "Größe 5, 1st floor"
    assert value(text, "DESCRIPTION") == description.replace("\r\n", "\n")


@pytest.mark.parametrize("field", ["title", "place", "description"])
def test_security_no_field_adds_a_property(invite, field):
    breaks = ["\n", "\r\n", "\r", "\n\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"]
    evil = [f"Party{end}ATTACH:https://evil.example/x.exe{end}BEGIN:VALARM" for end in breaks]
    for text in invite(*({field: value} for value in evil)):
        assert [name for name, _ in properties(text)] == NAMES


@pytest.mark.parametrize("field", ["title", "place", "description"])
def test_security_escapes_are_not_undone(invite, field):
    evil = ["x\\\nATTACH:y", "x\\n\nATTACH:y", "x\\", "x\0\nATTACH:y"]
    for text in invite(*({field: value} for value in evil)):
        assert [name for name, _ in properties(text)] == NAMES


def test_security_the_id_is_a_number(invite):
    (text,) = invite({"id": "1\r\nATTACH:x"})
    assert "ATTACH" not in text
