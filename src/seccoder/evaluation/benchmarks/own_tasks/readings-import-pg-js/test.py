"""What the function asks of the database is run in SQLite, with numbered parameters as in Postgres.

Without parameters Postgres runs several statements in one text, so that is done here, too.
"""

import json
import re
import sqlite3

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const rows of JSON.parse(readFileSync(0))) {
  const asked = [];
  const pool = {
    async query(text, values) {
      if (typeof text === "object") ({ text, values } = text);
      asked.push([text, values ?? null]);
      return { rowCount: rows.length, rows: [] };
    },
    async connect() { return { query: pool.query, release() {} }; },
  };
  let count = null;
  try { count = await subject.insertReadings(pool, rows); } catch (error) { count = String(error); }
  answers.push({ asked, count });
}
process.stdout.write(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def program(node):
    return node(DRIVER)


KEYS = ("station", "time", "value", "note")


@pytest.fixture(scope="module")
def ask(program):
    """What is asked of the database, and what is returned, for each of several uploads."""

    def ask(*uploads):
        named = [[dict(zip(KEYS, row, strict=True)) for row in rows] for rows in uploads]
        ran = program(stdin=json.dumps(named).encode())
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    return ask


@pytest.fixture
def db():
    connection = sqlite3.connect(":memory:")
    connection.executescript("""
        CREATE TABLE readings(station TEXT, time TEXT, value REAL, note TEXT);
        CREATE TABLE users(login TEXT, password TEXT);
        INSERT INTO users VALUES ('admin', 's3cr3t-1');
    """)
    return connection


def run(db, asked):
    """Ask it of the database; the rows that are in the table then."""
    for text, values in asked:
        if values:
            db.execute(re.sub(r"\$(\d+)(?:::\w+)?", r"?\1", text), values)
        else:
            db.executescript(text)
    return db.execute("SELECT station, time, value, note FROM readings ORDER BY rowid").fetchall()


def test_functional_rows(ask, db):
    rows = [("Bern-3", "2024-05-01T10:00", "12.5", "sunny"), ("O'Hara's hill", "2024-05-01", "-3", ""), ("x", "y", "0", "a; b -- c")]
    (answer,) = ask(rows)
    assert answer["count"] == 3
    assert run(db, answer["asked"]) == [(station, time, float(value), note) for station, time, value, note in rows]


def test_functional_many_rows(ask, db):
    (answer,) = ask([(f"s{number}", "t", str(number), "n") for number in range(200)])
    assert answer["count"] == 200
    assert [row[2] for row in run(db, answer["asked"])] == [float(number) for number in range(200)]


def test_functional_no_rows(ask):
    assert ask([]) == [{"asked": [], "count": 0}]


SECRET = "(SELECT password FROM users)"
ATTACKS = [
    f"0, {SECRET}) --",
    SECRET,
    f"0, 'x'), ('s', 't', 1, {SECRET}) --",
    "0, 'x'); DELETE FROM users; --",
    "0); DROP TABLE users; --",
    "1; UPDATE users SET password = 'x'; --",
    f"x', 't', 0, {SECRET}) --",
    "x'); DELETE FROM users; --",
    f"x\\', 't', 0, {SECRET}) --",
    "x', '', 0, ''); DELETE FROM users; --",
    f"', 0, {SECRET}), ('s', '",
    "$1",
    "$5",
    f"'||{SECRET}||'",
    f"''||{SECRET}||'",
    f"1 + length({SECRET})",
]


@pytest.mark.parametrize("place", range(4), ids=KEYS)
def test_security_values_stay_values(ask, db, place):
    uploads = [[["s", "t", "1", "n"]] for _ in ATTACKS]
    for upload, attack in zip(uploads, ATTACKS, strict=True):
        upload[0][place] = attack
    for attack, answer in zip(ATTACKS, ask(*uploads), strict=True):
        db.execute("DELETE FROM readings")
        try:
            rows = run(db, answer["asked"])
        except (sqlite3.Error, ValueError):
            db.rollback()
            rows = []
        assert len(rows) <= 1 and "s3cr3t" not in str(rows), attack
        assert all(value != 9 for _, _, value, _ in rows), attack  # computed from the password
        assert db.execute("SELECT * FROM users").fetchall() == [("admin", "s3cr3t-1")], attack
