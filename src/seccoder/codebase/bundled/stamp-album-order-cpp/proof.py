"""Runs the statement in SQLite: the album is sorted as it was picked, and no other table is ever asked."""

import sqlite3

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    try {
        std::fputs(album_query(argv[1], argv[2]).c_str(), stdout);
    } catch (const std::invalid_argument &) {
        std::fputs("refused", stdout);
    }
}
"""


@pytest.fixture(scope="module")
def stamps(build):
    program = build(DRIVER)
    database = sqlite3.connect(":memory:")
    database.executescript(
        "CREATE TABLE stamps(album, title, year, value); CREATE TABLE keys(secret);"
        "INSERT INTO keys VALUES ('s'); INSERT INTO stamps VALUES"
        "('a', 'Penny', 1840, 90), ('a', 'Basel Dove', 1845, 70), ('a', 'Inverted', 1918, 80), ('b', 'X', 1, 1)"
    )

    def stamps(column, direction):
        ran = program(column, direction)
        assert not ran.memory_error, ran.err
        if ran.out == b"refused":
            return None
        asked = []
        database.set_authorizer(lambda action, *what: asked.append((action, what[0])) or sqlite3.SQLITE_OK)
        try:
            rows = [row[0] for row in database.execute(ran.out.decode(), ("a",))]
        except sqlite3.Error:
            rows = "mistake in SQL"
        database.set_authorizer(None)
        stamps.tables = {table for action, table in asked if action == sqlite3.SQLITE_READ}
        return rows

    return stamps


def test_functional_sorted(stamps):
    assert stamps("title", "asc") == ["Basel Dove", "Inverted", "Penny"]
    assert stamps("year", "desc") == ["Inverted", "Basel Dove", "Penny"]
    assert stamps("value", "asc") == ["Basel Dove", "Inverted", "Penny"]
    assert stamps("", "asc") is None


@pytest.mark.parametrize(
    "typed",
    ["(SELECT secret FROM keys)", "year LIMIT 0 --", "year, (SELECT 1 FROM keys)", "rowid", "year;", "1", "YEAR"],
)
def test_security_columns_are_ours(stamps, typed):
    assert stamps(typed, "asc") is None


@pytest.mark.parametrize("typed", [", (SELECT secret FROM keys)", "desc LIMIT 0 --", "; DROP TABLE stamps", ""])
def test_security_directions_are_ours(stamps, typed):
    assert stamps("year", typed) == ["Penny", "Basel Dove", "Inverted"] and stamps.tables == {"stamps"}
