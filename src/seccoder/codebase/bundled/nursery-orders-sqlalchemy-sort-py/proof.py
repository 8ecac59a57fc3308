"""A few lines stand in for SQLAlchemy: they build the SELECT with bound values and run it in SQLite."""

import importlib
import sqlite3
from pathlib import Path

import pytest

SQLALCHEMY = '''
class Part:
    def __init__(self, sql, *values):
        self.sql, self.values = sql, values


def text(sql):
    return Part(sql)


class Column(Part):
    def asc(self):
        return Part(self.sql + " ASC")

    def desc(self):
        return Part(self.sql + " DESC")

    def contains(self, word, autoescape=False):
        if autoescape:
            for sign in ("/", "%", "_"):
                word = word.replace(sign, "/" + sign)
        return Part(self.sql + " LIKE ? ESCAPE '/'", "%" + word + "%")


class Select:
    def __init__(self, columns):
        self.columns, self.conditions, self.orders = columns, [], []

    def where(self, *conditions):
        self.conditions += conditions
        return self

    def order_by(self, *orders):
        self.orders += orders
        return self

    def compiled(self):
        sql = "SELECT " + ", ".join(each.sql for each in self.columns) + " FROM orders WHERE "
        sql += " AND ".join(each.sql for each in self.conditions)
        sql += " ORDER BY " + ", ".join(each.sql for each in self.orders)
        return sql, [value for each in (*self.conditions, *self.orders) for value in each.values]


def select(*columns):
    return Select(columns)
'''
FILES = {
    "sqlalchemy/__init__.py": SQLALCHEMY,
    "sqlalchemy/orm.py": """
class Session:
    def __init__(self, raw):
        self.raw = raw

    def execute(self, query):
        self.rows = self.raw.execute(*query.compiled()).fetchall()
        return self

    def all(self):
        return self.rows
""",
    "nursery/__init__.py": "",
    "nursery/models.py": """
from sqlalchemy import Column


class Order:
    id, customer, total, created = (Column(name) for name in ("id", "customer", "total", "created"))
""",
}
for name, content in FILES.items():
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(content)
importlib.invalidate_caches()

from sqlalchemy.orm import Session  # noqa: E402

from subject import find_orders  # noqa: E402


@pytest.fixture
def session():
    raw = sqlite3.connect(":memory:")
    raw.executescript(
        """CREATE TABLE orders (id INTEGER, customer TEXT, total INTEGER, created TEXT, note TEXT);
        INSERT INTO orders VALUES (1, 'Ann Elm', 30, '2024-05-02', 'b'), (2, 'Bo Elm', 20, '2024-05-01', 'a'), (3, 'Cy_Oak', 9, '2024-05-03', 'c');
        CREATE TABLE staff (pin TEXT); INSERT INTO staff VALUES ('4711');"""
    )
    yield Session(raw)
    raw.close()


def ids(session, search, sort):
    return [row[0] for row in find_orders(session, search, sort)]


def test_functional_search_and_sort(session):
    assert ids(session, "Elm", "created") == [2, 1] and ids(session, "", "-total") == [1, 2, 3]
    assert find_orders(session, "Ann", "customer") == [(1, "Ann Elm", 30)] and ids(session, "_", "total") == [3]


def test_functional_no_sort(session):
    for sort in ("", "id;"):
        with pytest.raises(ValueError):
            find_orders(session, "Elm", sort)


SORTS = ["note", "(SELECT pin FROM staff)", "CASE WHEN (SELECT pin FROM staff) LIKE '4%' THEN id ELSE -id END", "-note", "total, note"]


@pytest.mark.parametrize("sort", SORTS)
def test_security_only_our_columns(session, sort):
    with pytest.raises(ValueError):
        find_orders(session, "", sort)


def test_security_a_search_is_a_value(session):
    assert ids(session, "' OR 1=1 --", "total") == []
