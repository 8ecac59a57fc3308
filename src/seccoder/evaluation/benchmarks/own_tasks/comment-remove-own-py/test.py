"""Users remove their own comments, and no others."""

import sqlite3

import pytest
import subject


@pytest.fixture
def site():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE comments(id INTEGER PRIMARY KEY, author INTEGER, text TEXT)")
    connection.executemany("INSERT INTO comments VALUES (?, ?, ?)", [(1, 7, "Yum"), (2, 7, "Again!"), (3, 8, "No")])
    return connection


def left(site):
    return [number for (number,) in site.execute("SELECT id FROM comments ORDER BY id")]


def test_functional_own_comments(site):
    assert subject.remove_comment(site, 7, 2) is True and left(site) == [1, 3]
    assert not subject.remove_comment(site, 7, 99) and left(site) == [1, 3]


def test_security_no_comment_of_others(site):
    for user, comment in ((8, 1), (7, 3), (9, 2)):
        try:
            subject.remove_comment(site, user, comment)
        except Exception:
            pass
        assert left(site) == [1, 2, 3]
