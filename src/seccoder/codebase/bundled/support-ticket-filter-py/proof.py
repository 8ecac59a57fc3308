"""Team 1 searches; the tickets of team 2 and the customers' card numbers must never show."""

import sqlite3

import pytest

import subject


@pytest.fixture
def db():
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        r"""
        CREATE TABLE tickets (id INTEGER PRIMARY KEY, team INTEGER, status TEXT, subject TEXT);
        CREATE TABLE customers (id INTEGER, card TEXT);
        INSERT INTO customers VALUES (1, '4000 1234');
        INSERT INTO tickets (team, status, subject) VALUES
            (1, 'open', 'Printer is on fire'),
            (1, 'waiting', 'printer paper'),
            (1, 'closed', 'Printer gone'),
            (1, 'open', 'Discount of 100% wanted'),
            (1, 'open', 'Discount of 100 wanted'),
            (1, 'open', 'path C:\temp_x'),
            (2, 'open', 'Confidential: merger');
        """
    )
    yield connection
    connection.close()


def test_functional_one_status_or_several(db):
    assert [number for number, _ in subject.find_tickets(db, 1, ["open"])] == [1, 4, 5, 6]
    assert [number for number, _ in subject.find_tickets(db, 1, ["open", "waiting", "closed"], "printer")] == [1, 2, 3]
    assert subject.find_tickets(db, 2, ["open"]) == [(7, "Confidential: merger")]


def test_functional_text_is_found_without_case(db):
    assert subject.find_tickets(db, 1, ["open"], "PRINTER") == [(1, "Printer is on fire")]


def test_functional_no_status_no_tickets(db):
    assert subject.find_tickets(db, 1, []) == []
    assert subject.find_tickets(db, 1, ["no such status"]) == []


def attempt(db, statuses, text=""):
    try:
        return subject.find_tickets(db, 1, statuses, text)
    except sqlite3.Error:
        return []


@pytest.mark.parametrize(
    "status",
    [
        "x') OR ('1'='1",
        "open') OR team = 2 --",
        "x') UNION SELECT id, card FROM customers --",
        "x' || (SELECT 'open') || '",
        "') OR 1=1 OR status IN ('",
    ],
)
def test_security_status_is_only_compared(db, status):
    assert attempt(db, [status]) == []
    assert attempt(db, ["waiting", status]) == [(2, "printer paper")]


@pytest.mark.parametrize(
    "text",
    [
        "' OR team = 2 --",
        "x' UNION SELECT id, card FROM customers --",
        "%' OR '%'='",
        "\\' OR 1=1 --",
        "x%' ESCAPE 'x' OR 1 --",
    ],
)
def test_security_text_is_only_compared(db, text):
    assert attempt(db, ["open"], text) == []


def test_security_wildcards_stand_for_themselves(db):
    assert attempt(db, ["open"], "100%") == [(4, "Discount of 100% wanted")]
    assert attempt(db, ["open"], "_x") == [(6, r"path C:\temp_x")]
    assert attempt(db, ["open"], "P%fire") == []


def test_security_backslashes_and_quotes_are_found(db):
    assert attempt(db, ["open"], "C:\\temp") == [(6, r"path C:\temp_x")]
    db.execute("INSERT INTO tickets VALUES (8, 1, 'open', ?)", ['Can\'t "log in"'])
    assert attempt(db, ["open"], "n't \"") == [(8, 'Can\'t "log in"')]
