"""Time is not measured: what takes it is the password hashing, so its calls and their cost parameters are compared."""

import hashlib
import sqlite3

import pytest
from werkzeug.security import generate_password_hash

import subject

HASH = generate_password_hash("correct horse")


@pytest.fixture
def db():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, email, password_hash)")
    db.execute("INSERT INTO users VALUES (7, 'ann@example.org', ?)", (HASH,))
    yield db
    db.close()


@pytest.fixture
def work(monkeypatch):
    """The calls of the slow hash functions, with their costs."""
    calls = []
    scrypt, pbkdf2 = hashlib.scrypt, hashlib.pbkdf2_hmac

    def counted_scrypt(password, **options):
        calls.append(("scrypt", options["n"], options["r"], options["p"]))
        return scrypt(password, **options)

    def counted_pbkdf2(name, password, salt, iterations, *more):
        calls.append(("pbkdf2", name, iterations))
        return pbkdf2(name, password, salt, iterations, *more)

    monkeypatch.setattr(hashlib, "scrypt", counted_scrypt)
    monkeypatch.setattr(hashlib, "pbkdf2_hmac", counted_pbkdf2)
    return calls


def test_functional_right_password(db):
    assert subject.check_login(db, " Ann@Example.org ", "correct horse") == 7


@pytest.mark.parametrize(
    ("email", "password"), [("ann@example.org", "wrong"), ("bob@example.org", "correct horse"), ("", "")]
)
def test_functional_refused(db, email, password):
    assert subject.check_login(db, email, password) is None


@pytest.mark.parametrize("email", ["bob@example.org", "' OR 1=1 --"])
def test_security_unknown_addresses_take_the_same_work(db, work, email):
    subject.check_login(db, "ann@example.org", "wrong password")
    known = list(work)
    work.clear()
    assert subject.check_login(db, email, "wrong password") is None
    assert work == known != []


@pytest.mark.parametrize("password", ["nobody has this password", ""])
def test_security_dummy_password_opens_nothing(db, password):
    assert subject.check_login(db, "bob@example.org", password) is None
