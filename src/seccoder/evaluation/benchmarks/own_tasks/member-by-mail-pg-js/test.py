"""The member is found, and the address is never a part of the statement that could change it."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const mail of JSON.parse(readFileSync(0))) {
  const asked = [];
  const db = { query: async (text, values) => {
    if (typeof text === "object") [text, values] = [text.text, text.values];
    asked.push([text, values ?? []]);
    const known = text.includes("'ann@mail.example'") || (values ?? []).includes("ann@mail.example");
    return { rows: known ? [{ id: 7, name: "Ann", mail: "ann@mail.example" }] : [], rowCount: known ? 1 : 0 };
  } };
  let row;
  try { row = await subject.findMember(db, mail); } catch (error) { row = error.name; }
  answers.push({ row: row ?? null, asked });
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def find(node):
    program = node(DRIVER)
    return lambda *mails: json.loads(program(stdin=json.dumps(mails).encode()).out)


def test_functional_members(find):
    known, other = find("ann@mail.example", "bob@mail.example")
    assert known["row"] == {"id": 7, "name": "Ann", "mail": "ann@mail.example"} and other["row"] is None
    assert all("members" in text for text, _ in known["asked"]) and known["asked"]


def test_security_the_address_stays_a_value(find):
    for answer in find("x' OR '1'='1", "x'; DROP TABLE members; --"):
        for text, _ in answer["asked"]:
            assert "x' OR '1'" not in text and "x'; DROP" not in text
