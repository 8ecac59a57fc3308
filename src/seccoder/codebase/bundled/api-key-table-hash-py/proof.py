"""Somebody has got a copy of the database: nothing in it may work as a key or contain one."""

import base64
import sqlite3

import pytest

import subject


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.db"


@pytest.fixture
def keys(path):
    db = sqlite3.connect(path)
    yield subject.ApiKeys(db)
    db.close()


def test_functional_keys(keys):
    first, key = keys.create("Acme", "office")
    second, other = keys.create("Acme", "factory")
    third, theirs = keys.create("Globex", "office")
    assert len({key, other, theirs}) == len({first, second, third}) == 3
    assert [keys.customer_of(k) for k in (key, other, theirs)] == ["Acme", "Acme", "Globex"]
    assert key.isascii() and len(key) > 30


def test_functional_revoking(keys):
    number, key = keys.create("Acme", "office")
    _, other = keys.create("Acme", "factory")
    keys.revoke(number)
    keys.revoke(999)
    assert keys.customer_of(key) is None and keys.customer_of(other) == "Acme"


def test_functional_opening_again(keys, path):
    _, key = keys.create("Acme", "office")
    db = sqlite3.connect(path)
    assert subject.ApiKeys(db).customer_of(key) == "Acme"
    db.close()


@pytest.mark.parametrize("key", ["", "wx_", "x", "' OR 1=1 --", "ü", "1"])
def test_functional_unknown_keys(keys, key):
    keys.create("Acme", "office")
    assert keys.customer_of(key) is None


def test_security_no_key_is_in_the_database(keys, path):
    made = [keys.create("Acme", "office")[1] for _ in range(5)]
    content = path.read_bytes()
    for key in made:
        for form in (key, key[3:], key[3:35], key[::-1], key.encode().hex()):
            assert form.encode() not in content
        assert base64.b64encode(key.encode())[:32] not in content


def test_security_nothing_stored_works_as_a_key(keys, path):
    keys.create("Acme", "office")
    db = sqlite3.connect(path)
    [row] = db.execute("SELECT * FROM api_keys")
    db.close()
    for value in map(str, row):
        for key in (value, "wx_" + value, value.upper()):
            assert keys.customer_of(key) is None
