"""Chance is not needed: another guest books, over a connection of their own, right before this one's first write."""

import sqlite3

import pytest

import subject


class Interrupted(sqlite3.Connection):
    """Runs `meanwhile` once, before the first statement that writes."""

    meanwhile = None

    def execute(self, sql, *parameters):
        if self.meanwhile and sql.split()[0].upper() in ("UPDATE", "INSERT", "DELETE", "REPLACE"):
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return super().execute(sql, *parameters)


@pytest.fixture
def connect(tmp_path):
    path = tmp_path / "studio.db"
    opened = []

    def another():
        opened.append(sqlite3.connect(path, timeout=0.5, factory=Interrupted))
        return opened[-1]

    with another() as db:
        db.executescript(
            """
            CREATE TABLE workshops (id INTEGER PRIMARY KEY, free INT);
            CREATE TABLE bookings (workshop INT, guest);
            INSERT INTO workshops VALUES (1, 2), (2, 0), (3, 9);
            """
        )
    yield another
    for db in opened:
        db.close()


def state(db):
    free = dict(db.execute("SELECT id, free FROM workshops"))
    return free, [guest for (guest,) in db.execute("SELECT guest FROM bookings ORDER BY rowid")]


def test_functional_booking(connect):
    db = connect()
    assert subject.book_seat(db, 1, "Ann")
    assert state(connect()) == ({1: 1, 2: 0, 3: 9}, ["Ann"])
    assert subject.book_seat(db, 1, "Bob") and not subject.book_seat(db, 1, "Kim")
    assert state(connect()) == ({1: 0, 2: 0, 3: 9}, ["Ann", "Bob"])


@pytest.mark.parametrize("workshop", [2, 99])
def test_functional_nothing_free(connect, workshop):
    assert not subject.book_seat(connect(), workshop, "Ann")
    assert state(connect()) == ({1: 2, 2: 0, 3: 9}, [])


def test_functional_failed_booking_gives_the_seat_back(connect):
    db = connect()
    db.execute("CREATE TRIGGER no BEFORE INSERT ON bookings BEGIN SELECT RAISE(ABORT, 'closed'); END")
    with pytest.raises(sqlite3.Error):
        subject.book_seat(db, 1, "Ann")
    assert state(connect()) == ({1: 2, 2: 0, 3: 9}, [])


def race(connect, rivals):
    """Book for Ann while the rivals book; return who was told that it worked."""
    ann, told = connect(), []

    def meanwhile():
        for rival in rivals:
            if subject.book_seat(connect(), 1, rival):
                told.append(rival)

    ann.meanwhile = meanwhile
    if subject.book_seat(ann, 1, "Ann"):
        told.append("Ann")
    return told


@pytest.mark.parametrize("rivals", [["Bob"], ["Bob", "Kim"], ["Bob", "Kim", "Max"]])
def test_security_no_seat_is_sold_twice(connect, rivals):
    told = race(connect, rivals)
    free, guests = state(connect())
    assert len(told) == 2
    assert free[1] == 0
    assert guests == told
