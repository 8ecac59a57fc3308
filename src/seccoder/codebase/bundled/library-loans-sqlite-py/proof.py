"""Works on a database in memory, with one table that no reader may see."""

import sqlite3
from datetime import date

import pytest

import subject

TODAY = date(2024, 5, 1)
PAST = date(2024, 4, 1)


@pytest.fixture
def db():
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        """
        CREATE TABLE loans (id INTEGER PRIMARY KEY, reader TEXT NOT NULL, title TEXT NOT NULL, due TEXT NOT NULL);
        CREATE TABLE staff (name TEXT, password TEXT);
        INSERT INTO staff VALUES ('librarian', 'open sesame');
        """
    )
    yield connection
    connection.close()


def loans(db):
    return db.execute("SELECT reader, title, due FROM loans ORDER BY id").fetchall()


def test_functional_records_loans(db):
    numbers = [subject.lend(db, "ann", "Emma", TODAY), subject.lend(db, "bob", "Ulysses", PAST)]
    assert numbers == [1, 2]
    assert loans(db) == [("ann", "Emma", "2024-05-01"), ("bob", "Ulysses", "2024-04-01")]
    assert not db.in_transaction


def test_functional_lists_only_what_is_overdue_oldest_first(db):
    subject.lend(db, "ann", "Emma", PAST)
    subject.lend(db, "ann", "Dubliners", date(2024, 3, 1))
    subject.lend(db, "ann", "Middlemarch", TODAY)
    subject.lend(db, "bob", "Ulysses", PAST)
    assert subject.overdue(db, "ann", TODAY) == ["Dubliners", "Emma"]
    assert subject.overdue(db, "carol", TODAY) == []


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except (sqlite3.Error, sqlite3.Warning):
        return []


def test_security_title_cannot_add_a_loan_for_somebody_else(db):
    subject.lend(db, "ann", "Emma', '2024-04-01'), ('bob', 'First folio", PAST)
    assert [reader for reader, _, _ in loans(db)] == ["ann"]


def test_security_title_cannot_hold_a_query(db):
    attempt(subject.lend, db, "ann", "' || (SELECT password FROM staff) || '", PAST)
    assert "open sesame" not in str(loans(db))


@pytest.mark.parametrize("title", ['It\'s a "title"', "100 %; DROP TABLE loans; --", "back\\slash'", "x' -- ", "naïve"])
def test_security_titles_are_kept_as_they_are(db, title):
    attempt(subject.lend, db, "ann", title, PAST)
    assert loans(db) == [("ann", title, "2024-04-01")]
    assert attempt(subject.overdue, db, "ann", TODAY) == [title]


@pytest.mark.parametrize(
    "reader",
    [
        "' OR '1'='1",
        "' OR 1=1 --",
        "bob' --",
        "' UNION SELECT password FROM staff --",
        "nobody' OR reader LIKE '%",
    ],
)
def test_security_reader_sees_no_other_rows(db, reader):
    subject.lend(db, "bob", "Ulysses", PAST)
    subject.lend(db, "bob", "Due later", date(2024, 6, 1))
    assert attempt(subject.overdue, db, reader, TODAY) == []


def test_security_second_order_a_stored_name_is_only_a_name(db):
    evil = "' OR 'a'='a"
    db.execute(
        "INSERT INTO loans (reader, title, due) VALUES (?, 'Mine', '2024-04-01'), ('bob', 'Ulysses', '2024-04-01')",
        [evil],
    )
    stored = db.execute("SELECT reader FROM loans WHERE title = 'Mine'").fetchone()[0]
    assert attempt(subject.overdue, db, stored, TODAY) == ["Mine"]
