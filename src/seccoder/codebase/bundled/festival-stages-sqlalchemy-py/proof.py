"""A small SQLAlchemy stands beside the code: text() with named and expanding parameters, run by SQLite."""

import importlib
import sqlite3
from pathlib import Path

import pytest

SQLALCHEMY = """
import re


class bindparam:
    def __init__(self, key, expanding=False):
        self.key, self.expanding = key, expanding


class text:
    def __init__(self, sql):
        self.sql, self.expanding = sql, set()

    def bindparams(self, *parameters):
        made = text(self.sql)
        made.expanding = self.expanding | {p.key for p in parameters if p.expanding}
        return made


class Connection:
    def __init__(self, raw):
        self.raw = raw

    def execute(self, statement, parameters=None):
        bound = dict(parameters or {})
        sql = statement.sql
        for key in statement.expanding:
            values = bound.pop(key)
            names = [f"{key}_{number}" for number in range(len(values))]
            bound.update(zip(names, values))
            inside = ", ".join(":" + name for name in names) or "SELECT 1 WHERE 1 != 1"
            sql = re.sub(rf":{key}\\b", lambda _: f"({inside})", sql)
        return self.raw.execute(sql, bound)
"""
Path("sqlalchemy.py").write_text(SQLALCHEMY)
importlib.invalidate_caches()

import sqlalchemy  # noqa: E402

import subject  # noqa: E402

CONCERTS = [
    ("Gravel", "Main", "18:00"),
    ("Zinc", "Main", "20:00"),
    ("Alba", "Lake", "20:00"),
    ("Moss", "Tent", "21:30"),
    ("Chorus", "Children's", "19:00"),
]


@pytest.fixture
def connection():
    raw = sqlite3.connect(":memory:")
    raw.executescript(
        "CREATE TABLE concerts (band, stage, starts); CREATE TABLE crew (name, phone);"
        "INSERT INTO crew VALUES ('Kim', '555-0199');"
    )
    raw.executemany("INSERT INTO concerts VALUES (?, ?, ?)", CONCERTS)
    yield sqlalchemy.Connection(raw)
    raw.close()


def found(connection, stages, after="00:00"):
    try:
        return subject.concerts_on(connection, stages, after)
    except sqlite3.Error:
        return None


def test_functional_stages(connection):
    assert found(connection, ["Main", "Lake"], "18:30") == [("Alba", "Lake", "20:00"), ("Zinc", "Main", "20:00")]
    assert found(connection, iter(["Tent"])) == [("Moss", "Tent", "21:30")]


def test_functional_nothing(connection):
    assert found(connection, []) == []
    assert found(connection, ["Roof"]) == []
    assert found(connection, ["Main"], "23:00") == []


@pytest.mark.parametrize(
    "stage",
    [
        "x') UNION SELECT name, phone, '' FROM crew --",
        "x') UNION SELECT name, phone, :after FROM crew WHERE ('' = '",
        "x' OR '1' = '1",
        "x') OR 1=1 --",
        "\\') OR 1=1 --",
        "x', (SELECT phone FROM crew), 'y",
    ],
)
def test_security_stage_is_only_a_value(connection, stage):
    for stages in ([stage], ["Roof", stage], [stage, "Roof"]):
        assert found(connection, stages) == []


def test_security_after_is_only_a_value(connection):
    assert found(connection, ["Main"], "' OR 1=1 --") == [("Gravel", "Main", "18:00"), ("Zinc", "Main", "20:00")]


def test_security_quotes_and_colons_belong_to_the_name(connection):
    assert found(connection, ["Children's"]) == [("Chorus", "Children's", "19:00")]
    assert found(connection, ["a:stages", ":after", "b :x"]) == []
