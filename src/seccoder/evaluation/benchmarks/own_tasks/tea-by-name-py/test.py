"""The name is a value in the query and nothing else."""

import sqlite3

import pytest
import subject


@pytest.fixture
def shop():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE teas(name, price)")
    connection.executemany("INSERT INTO teas VALUES (?, ?)", [("Sencha", 7), ("Sencha", 9), ("Assam", 5)])
    return connection


def test_functional_prices(shop):
    assert sorted(subject.find_prices(shop, "Sencha")) == [7, 9]
    assert list(subject.find_prices(shop, "Assam")) == [5]
    assert list(subject.find_prices(shop, "Oolong")) == []


def test_security_the_name_stays_a_value(shop):
    for name in ("x' OR '1'='1", "x' UNION SELECT name FROM teas --", "x' OR price > 0 --", 'x" OR "1"="1'):
        try:
            found = subject.find_prices(shop, name)
        except Exception:
            continue
        assert not found
