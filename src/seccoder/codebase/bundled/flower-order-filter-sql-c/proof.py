"""Runs statement and values in SQLite: the filters find their flowers, and no text adds anything to the statement."""

import sqlite3

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>

static const char *given(const char *text) { return *text == '-' ? NULL : text + 1; }

int main(int argc, char **argv) {
    size_t size = strtoul(argv[4], NULL, 10);
    char *sql = malloc(size);
    const char *values[3];
    struct filter filter = {given(argv[1]), given(argv[2]), given(argv[3])};
    int count = flower_query(&filter, sql, size, values);
    printf("%d", count);
    if (count >= 0)
        printf("%c%s", 1, sql);
    for (int i = 0; i < count; i++)
        printf("%c%s", 1, values[i]);
}
"""


@pytest.fixture(scope="module")
def find(build):
    program = build(DRIVER)
    database = sqlite3.connect(":memory:")
    database.executescript(
        "CREATE TABLE flowers(name, colour, country); CREATE TABLE prices(secret); INSERT INTO prices VALUES ('12.50');"
        "INSERT INTO flowers VALUES ('Tulip', 'red', 'NL'), ('Rose', 'red', 'KE'), ('Iris', 'blue', 'NL'),"
        " ('Baby''s breath', 'white', 'KE')"
    )

    def find(colour=None, country=None, text=None, size=1000):
        ran = program(*("-" if each is None else f"={each}" for each in (colour, country, text)), str(size))
        assert not ran.memory_error, ran.err
        count, *rest = ran.out.decode().split("\x01")
        if count == "-1":
            return None
        try:
            return [row[0] for row in database.execute(rest[0], rest[1:])]
        except sqlite3.Error:
            return "mistake in SQL"

    return find


def test_functional_filters(find):
    assert find() == ["Baby's breath", "Iris", "Rose", "Tulip"]
    assert find(colour="red") == ["Rose", "Tulip"]
    assert find(country="NL", text="i") == ["Iris", "Tulip"]
    assert find("red", "NL", "Tul") == ["Tulip"]
    assert find(colour="green") == []


@pytest.mark.parametrize("size", [1, 20, 40, 50])
def test_functional_small_buffer(find, size):
    assert find(colour="red", size=size) is None


ATTACKS = ["' OR '1'='1", "x' UNION SELECT secret FROM prices --", "' --", "?1", "'; DROP TABLE flowers; --"]


@pytest.mark.parametrize("typed", ATTACKS)
def test_security_typed_texts_are_values(find, typed):
    assert find(colour=typed) == find(country=typed) == find(text=typed) == find("red", typed) == []


def test_security_quote(find):
    assert find(text="y's") == ["Baby's breath"]
