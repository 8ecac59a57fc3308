"""Both sides read their conversation; nobody reads another one, by whatever pair of numbers."""

import sqlite3

import pytest
import subject


@pytest.fixture(params=[None, sqlite3.Row], ids=["tuples", "rows"])
def db(request):
    connection = sqlite3.connect(":memory:")
    connection.executescript(subject.SCHEMA)
    connection.row_factory = request.param
    connection.executescript("""
        INSERT INTO conversations VALUES (1, 'ann', 'shop'), (2, 'bob', 'shop'), (3, 'zoe', 'ann'), (4, 'ann', 'an');
        INSERT INTO messages VALUES (10, 1, 'ann', 'Is it new?'), (11, 1, 'shop', 'Yes.'),
            (20, 2, 'bob', 'my address is 5 Elm St'), (30, 3, 'zoe', 'hello ann'), (40, 99, 'x', 'orphan');
    """)
    return connection


def test_functional_both_sides_read(db):
    for user in ("ann", "shop"):
        assert subject.read_message(db, user, 1, 10) == {"author": "ann", "body": "Is it new?"}
        assert subject.read_message(db, user, 1, 11) == {"author": "shop", "body": "Yes."}
    assert subject.read_message(db, "ann", 3, 30) == {"author": "zoe", "body": "hello ann"}


def test_functional_not_found(db):
    assert subject.read_message(db, "ann", 1, 99) is None
    assert subject.read_message(db, "ann", 77, 10) is None


@pytest.mark.parametrize(
    ("user", "conversation", "message"),
    [
        ("bob", 1, 10),  # another customer of the same seller
        ("mallory", 1, 10),
        ("", 1, 10),
        ("an", 1, 10),  # a part of a name
        ("ANN", 2, 20),
        ("ann", 1, 20),  # a conversation of one's own, a message of another one
        ("ann", 3, 20),
        ("bob", 2, 10),
        ("zoe", 3, 11),
        ("ann", 1, 40),
        ("%", 1, 10),
        ("' OR 1=1 --", 1, 10),
        ("mallory", "1 OR 1=1", 10),
        ("ann", 1, "10 OR id = 20"),
    ],
)
def test_security_nobody_else_does(db, user, conversation, message):
    try:
        answer = subject.read_message(db, user, conversation, message)
    except Exception:
        return
    assert not answer, answer
