"""A small psycopg stands beside the code: it composes as psycopg does and runs the text in SQLite, whose attached
databases are the schemas. One customer must never see a row of another one's."""

import importlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest

PSYCOPG = """
from . import sql


class Error(Exception):
    pass


class Connection:
    def __init__(self, raw):
        self.raw = raw

    def execute(self, query, parameters=()):
        text = query.as_string(self) if isinstance(query, sql.Composable) else query
        try:
            return self.raw.execute(text.replace("%s", "?"), [str(value) for value in parameters])
        except Exception as error:
            raise Error(str(error)) from error
"""
SQL = """
class Composable:
    def __init__(self, text):
        self.text = text

    def as_string(self, _context=None):
        return self.text


class Composed(Composable):
    pass


class SQL(Composable):
    def format(self, *positional, **named):
        parts = {name: part.as_string() for name, part in named.items()}
        return Composed(self.text.format(*[part.as_string() for part in positional], **parts))

    def join(self, parts):
        return Composed(self.text.join(part.as_string() for part in parts))


class Identifier(Composable):
    def __init__(self, *names):
        self.text = ".".join('"' + name.replace('"', '""') + '"' for name in names)
"""
Path("psycopg").mkdir(exist_ok=True)
Path("psycopg/__init__.py").write_text(PSYCOPG)
Path("psycopg/sql.py").write_text(SQL)
importlib.invalidate_caches()

import psycopg  # noqa: E402

import subject  # noqa: E402

SECRET = "globex-secret"
DAY = date(2024, 5, 1)


@pytest.fixture
def connection():
    raw = sqlite3.connect(":memory:")
    for schema, note in (("acme", "ours"), ("globex", SECRET)):
        raw.execute(f"ATTACH ':memory:' AS {schema}")
        raw.execute(
            f'CREATE TABLE {schema}.orders (id INTEGER PRIMARY KEY, created TEXT, note TEXT, "Net ""EUR""" INT)'
        )
        rows = [("2024-04-30", note + " old", 1), ("2024-05-01", note + " 1", 20), ("2024-06-01", note + " 2", 30)]
        raw.executemany(f'INSERT INTO {schema}.orders (created, note, "Net ""EUR""") VALUES (?, ?, ?)', rows)
    yield psycopg.Connection(raw)
    raw.close()


def test_functional_columns_and_rows(connection):
    assert subject.export_rows(connection, "acme", "orders", ["note"], DAY) == [("ours 1",), ("ours 2",)]
    rows = subject.export_rows(connection, "acme", "orders", ["id", "created"], date(2024, 5, 2))
    assert rows == [(3, "2024-06-01")]


def test_functional_no_columns(connection):
    with pytest.raises(ValueError):
        subject.export_rows(connection, "acme", "orders", [], DAY)


def test_functional_unknown_table(connection):
    with pytest.raises(psycopg.Error):
        subject.export_rows(connection, "acme", "invoices", ["note"], DAY)


def exported(connection, table, columns):
    try:
        return subject.export_rows(connection, "acme", table, columns, DAY)
    except psycopg.Error:
        return []


@pytest.mark.parametrize(
    "column",
    [
        'note" FROM globex.orders WHERE created >= ? --',
        'note" FROM "globex"."orders" WHERE ? IS NOT NULL UNION SELECT "note',
        'id", (SELECT group_concat(note) FROM globex.orders) AS "x',
        '" || (SELECT max(note) FROM globex.orders) || "',
    ],
)
def test_security_column_names(connection, column):
    for columns in ([column], ["id", column]):
        assert not any(SECRET in str(value) for row in exported(connection, "orders", columns) for value in row)


@pytest.mark.parametrize(
    "table",
    [
        'orders" UNION SELECT note FROM globex.orders --',
        'orders" AS o, "globex"."orders',
        'x"."y" JOIN globex.orders --',
        'orders" WHERE created < ? UNION ALL SELECT note FROM "globex"."orders',
    ],
)
def test_security_table_names(connection, table):
    assert not any(SECRET in str(value) for row in exported(connection, table, ["note"]) for value in row)


def test_security_a_quote_is_a_character_of_the_name(connection):
    assert exported(connection, "orders", ['Net "EUR"']) == [(20,), (30,)]
