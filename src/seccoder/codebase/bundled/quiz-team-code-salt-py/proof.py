"""Looks at what the table holds, with a list of hashed words at hand."""

import hashlib
import sqlite3

import pytest
from subject import check_word, set_word


@pytest.fixture
def db():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE teams (name TEXT PRIMARY KEY, secret TEXT)")
    for team in ("Owls", "Foxes"):
        set_word(db, team, "Marmalade")
    yield db
    db.close()


def stored(db):
    return [row[0] for row in db.execute("SELECT secret FROM teams")]


def test_functional_words(db):
    assert check_word(db, "Owls", "Marmalade") and check_word(db, "Foxes", "MARMALADE")
    assert not check_word(db, "Owls", "Jam") and not check_word(db, "Bats", "Marmalade") and not check_word(db, "Owls", "")
    set_word(db, "Owls", "Honig")
    assert check_word(db, "Owls", "honig") and not check_word(db, "Owls", "Marmalade")
    assert not any("armalade" in text for text in stored(db))


def test_security_equal_words_look_different(db):
    assert len(set(stored(db))) == 2


def test_security_a_list_of_hashed_words(db):
    for name in ("md5", "sha1", "sha256", "sha512"):
        for word in ("Marmalade", "marmalade"):
            assert not any(hashlib.new(name, word.encode()).hexdigest() in text for text in stored(db))
