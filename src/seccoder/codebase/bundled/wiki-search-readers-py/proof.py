"""A user finds what they may read and learns nothing of the rest: no text, no title, no number."""

import sqlite3

import pytest

import subject


@pytest.fixture
def db():
    db = sqlite3.connect(":memory:")
    db.executescript(
        """
        CREATE TABLE pages (id INTEGER PRIMARY KEY, space, title, text);
        CREATE TABLE readers (user, space);
        INSERT INTO readers VALUES ('ann', 'staff'), ('ann', 'board'), ('bob', 'staff');
        INSERT INTO pages VALUES (1, 'staff', 'Canteen', 'Soup on Monday'),
          (2, 'staff', 'Parking', 'Behind the canteen'),
          (3, 'board', 'Merger with Globex', 'Price: 40 million, signed on Monday');
        """
    )
    yield db
    db.close()


def test_functional_reading(db):
    assert subject.read_page(db, "bob", 1) == ("Canteen", "Soup on Monday")
    assert subject.read_page(db, "ann", 3)[0] == "Merger with Globex"
    assert subject.read_page(db, "bob", 3) is None
    assert subject.read_page(db, "bob", 99) is None


def test_functional_search(db):
    assert subject.search(db, "bob", "canteen") == (2, ["Canteen", "Parking"])
    assert subject.search(db, "ann", "Monday") == (2, ["Canteen", "Merger with Globex"])
    assert subject.search(db, "ann", "100%") == (0, [])


def test_functional_total_beyond_ten(db):
    db.executemany(
        "INSERT INTO pages (space, title, text) VALUES ('staff', ?, 'Fire drill')", [(f"D{n:02}",) for n in range(15)]
    )
    total, titles = subject.search(db, "bob", "fire")
    assert total == 15 and titles == [f"D{n:02}" for n in range(10)]


@pytest.mark.parametrize("word", ["Globex", "40 million", "merger", "signed", "price: 4"])
@pytest.mark.parametrize("user", ["bob", "nobody", "", "ANN"])
def test_security_pages_of_other_spaces_are_not_found(db, user, word):
    assert subject.search(db, user, word) == (0, [])


def test_security_own_pages_are_not_crowded_out(db):
    db.executemany(
        "INSERT INTO pages (space, title, text) VALUES ('board', ?, 'Soup')", [(f"A{n:02}",) for n in range(15)]
    )
    assert subject.search(db, "bob", "soup") == (1, ["Canteen"])


def test_security_reader_who_was_removed(db):
    db.execute("DELETE FROM readers WHERE user = 'ann' AND space = 'board'")
    assert subject.search(db, "ann", "Monday") == (1, ["Canteen"])
