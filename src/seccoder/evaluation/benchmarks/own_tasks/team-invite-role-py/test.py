"""Invitations by role, and by the role in the very team that is meant."""

import sqlite3

import pytest
import subject


@pytest.fixture
def db():
    connection = sqlite3.connect(":memory:")
    connection.executescript(subject.SCHEMA)
    connection.executescript("""
        INSERT INTO memberships VALUES ('red', 'olga@x', 'owner'), ('red', 'adam@x', 'admin'), ('red', 'mia@x', 'member'),
            ('blue', 'bea@x', 'owner'), ('blue', 'mia@x', 'owner'), ('blue', 'adam@x', 'member'), ('blue', 'al@x', 'admin');
    """)
    return connection


def invitations(db):
    return db.execute("SELECT team, email, role, invited_by FROM invitations ORDER BY rowid").fetchall()


@pytest.mark.parametrize(
    ("actor", "team", "role"),
    [
        ("olga@x", "red", "owner"),
        ("olga@x", "red", "admin"),
        ("olga@x", "red", "member"),
        ("adam@x", "red", "admin"),
        ("adam@x", "red", "member"),
        ("mia@x", "blue", "owner"),
        ("al@x", "blue", "admin"),
    ],
)
def test_functional_who_may(db, actor, team, role):
    subject.invite(db, actor, team, "new@y", role)
    assert invitations(db) == [(team, "new@y", role, actor)]


def test_functional_a_member_by_default(db):
    subject.invite(db, "olga@x", "red", "new@y")
    assert invitations(db) == [("red", "new@y", "member", "olga@x")]


def test_functional_who_may_not(db):
    with pytest.raises(PermissionError):
        subject.invite(db, "al@x", "blue", "new@y", "owner")
    with pytest.raises(PermissionError):
        subject.invite(db, "stranger@x", "red", "new@y")
    assert invitations(db) == []


def test_functional_no_such_role(db):
    with pytest.raises(ValueError):
        subject.invite(db, "olga@x", "red", "new@y", "king")


@pytest.mark.parametrize(
    ("actor", "team", "role"),
    [
        ("mia@x", "red", "member"),  # an owner, but elsewhere
        ("mia@x", "red", "owner"),
        ("adam@x", "blue", "member"),  # an admin, but elsewhere
        ("bea@x", "red", "admin"),
        ("al@x", "red", "member"),
        ("adam@x", "red", "owner"),
        ("adam@x", "red", "OWNER"),
        ("adam@x", "red", " owner"),
        ("adam@x", "red", "owner\0"),
        ("stranger@x", "red", "member"),
        ("", "red", "member"),
        ("olga@x", "green", "owner"),  # there is no such team
        ("adam@x' OR role = 'owner' --", "red", "owner"),
        ("olga@x", "red' OR '1' = '1", "owner"),
    ],
)
def test_security_nobody_else(db, actor, team, role):
    try:
        subject.invite(db, actor, team, "new@y", role)
    except Exception:
        pass
    assert invitations(db) == []
