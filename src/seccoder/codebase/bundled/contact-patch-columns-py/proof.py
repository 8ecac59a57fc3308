"""The keys of the request must not become SQL, nor reach a column that the user has no business with."""

import sqlite3

import pytest

import subject


@pytest.fixture
def db():
    db = sqlite3.connect(":memory:")
    db.executescript(
        """
        CREATE TABLE contacts (id INTEGER PRIMARY KEY, owner INT, name, email, phone, birthday, verified INT DEFAULT 0);
        CREATE TABLE sessions (token);
        INSERT INTO sessions VALUES ('tok-4711');
        INSERT INTO contacts (id, owner, name, email) VALUES (1, 7, 'Ann', 'ann@a.example'),
          (2, 8, 'Bob', 'bob@b.example');
        """
    )
    yield db
    db.close()


def contact(db, number):
    return db.execute("SELECT name, email, phone FROM contacts WHERE id = ?", (number,)).fetchone()


def test_functional_changes_only_the_given_fields(db):
    assert subject.patch_contact(db, 7, 1, {"phone": "555-0100"})
    assert contact(db, 1) == ("Ann", "ann@a.example", "555-0100")
    assert subject.patch_contact(db, 7, 1, {"email": None, "name": "O'Hara"})
    assert contact(db, 1) == ("O'Hara", None, "555-0100")
    assert contact(db, 2) == ("Bob", "bob@b.example", None)


def test_functional_contacts_of_others_and_missing_ones(db):
    assert not subject.patch_contact(db, 7, 2, {"name": "x"})
    assert not subject.patch_contact(db, 7, 99, {"name": "x"})
    assert contact(db, 2) == ("Bob", "bob@b.example", None)


@pytest.mark.parametrize("changes", [{}, {"shoe_size": 42}, {"name": "x", "shoe_size": 42}])
def test_functional_nothing_or_unknown_fields(db, changes):
    with pytest.raises(ValueError):
        subject.patch_contact(db, 7, 1, changes)
    assert contact(db, 1) == ("Ann", "ann@a.example", None)


@pytest.mark.parametrize(
    "changes",
    [
        {"phone = (SELECT token FROM sessions), name": "Ann"},
        {"name": "Ann", "phone = (SELECT token FROM sessions), email": "x"},
        {"owner": 9},
        {"owner = 9, name": "Ann"},
        {"id": 77},
        {"OWNER": 9},
        {'"owner"': 9},
        {"verified": 1},
        {"rowid": 5},
        {"name = ?1 WHERE 1 OR ?2 OR ?3 --": "pwned"},
        {"name = 'pwned' WHERE ? AND ? AND ? OR 1 --": "x"},
        {"NAME": "x"},
        {"name ": "x"},
    ],
)
def test_security_keys_are_not_sql(db, changes):
    before = db.execute("SELECT * FROM contacts ORDER BY id").fetchall()
    with pytest.raises(ValueError):
        subject.patch_contact(db, 7, 1, changes)
    assert db.execute("SELECT * FROM contacts ORDER BY id").fetchall() == before
