"""Sessions that are used now and then, and one that somebody keeps alive day and night."""

import sqlite3

import pytest
from subject import sign_out_everywhere, user_of

MINUTE, HOUR = 60, 3600


@pytest.fixture
def db():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE sessions (id TEXT PRIMARY KEY, user TEXT, created INTEGER, used INTEGER)")
    db.executemany("INSERT INTO sessions VALUES (?, ?, 0, 0)", [("a", "ann"), ("b", "ann"), ("c", "bo")])
    yield db
    db.close()


def test_functional_use_prolongs(db):
    assert user_of(db, "a", 29 * MINUTE) == "ann" and user_of(db, "a", 58 * MINUTE) == "ann"
    assert user_of(db, "b", 31 * MINUTE) is None and user_of(db, "b", 1) is None
    assert user_of(db, "x", 1) is None and user_of(db, "", 1) is None


def test_functional_sign_out_everywhere(db):
    assert sign_out_everywhere(db, "ann") == 2 and sign_out_everywhere(db, "ann") == 0
    assert user_of(db, "a", 1) is None and user_of(db, "c", 1) == "bo"


def test_security_a_session_has_a_latest_end(db):
    seen = [user_of(db, "c", minute * MINUTE) for minute in range(20, 30 * 60, 20)]
    alive = [index for index, user in enumerate(seen) if user]
    assert alive == list(range(len(alive))) and len(alive) * 20 * MINUTE < 12 * HOUR + 20 * MINUTE
    assert seen[-1] is None
