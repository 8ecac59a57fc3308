"""A database that fails in several ways, with messages as drivers write them."""

import json

import pytest

DRIVER = """
import { RowError, importMembers } from "./subject.js";
const born = "2001-12-31";
const rows = [
  { name: "Ann", born }, { name: " ", born }, { name: "Bob", born: "31.12.2001" }, { name: "duplicate", born }, { name: "down", born },
  { name: "text", born }, { name: "object", born }, { name: "nested", born }, { name: "full", born }, { name: "Zoe", born },
];
const saved = [], logged = [];
const save = async (row) => {
  switch (row.name) {
    case "duplicate": throw Object.assign(new Error('duplicate key value violates unique constraint "members_mail_key": (mail)=(eve@club.example) secret-a'), { detail: "secret-b" });
    case "down": throw new Error("connect ECONNREFUSED db-7.secret-c.internal:5432 as club_admin");
    case "text": throw "INSERT INTO secret-d VALUES ('x')";
    case "object": throw { message: "secret-e", toString() { return "secret-f"; } };
    case "nested": throw new TypeError("secret-g", { cause: new RowError("secret-h") });
    case "full": throw new RowError("The team is full");
  }
  saved.push(row.name);
};
const report = await importMembers(rows, save, (message, error) => { logged.push({ message, error: String(error?.stack ?? error) + String(error?.message ?? "") }); });
const empty = await importMembers([], save, () => 0);
console.log(JSON.stringify({ report, empty, saved, logged }));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_the_others_are_saved(said):
    assert said["saved"] == ["Ann", "Zoe"]
    assert said["report"]["saved"] == 2 and said["empty"] == {"saved": 0, "failed": []}
    assert [each["row"] for each in said["report"]["failed"]] == [2, 3, 4, 5, 6, 7, 8, 9]


def test_functional_mistakes_in_the_rows_are_told(said):
    reasons = {each["row"]: each["reason"] for each in said["report"]["failed"]}
    assert reasons[2] == "The name is missing"
    assert "2001-12-31" in reasons[3]
    assert reasons[9] == "The team is full"


def test_functional_we_find_the_cause_in_the_log(said):
    assert len(said["logged"]) == 5
    for row, word in ((4, "secret-a"), (5, "secret-c"), (6, "secret-d"), (8, "secret-g")):
        assert any(f"row {row}" in each["message"] and word in each["error"] for each in said["logged"])


def test_security_nothing_of_the_database_in_the_report(said):
    text = json.dumps(said["report"])
    assert "secret" not in text
    assert not any(word in text for word in ("constraint", "eve@club", "ECONNREFUSED", "5432", "INSERT", "club_admin"))


def test_security_a_reference_leads_to_the_log(said):
    reasons = {each["row"]: each["reason"] for each in said["report"]["failed"]}
    for logged, row in zip(said["logged"], (4, 5, 6, 7, 8), strict=True):
        assert logged["message"].split(",")[0].split()[-1] in reasons[row]
