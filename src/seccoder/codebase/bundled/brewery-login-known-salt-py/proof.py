"""Encodes passwords with few rounds, which makes the proof quick, and compares their salts."""

import pytest
from subject import encode, must_update, verify


def test_functional_right_and_wrong():
    encoded = encode("Dunkel 7", rounds=10)
    assert verify("Dunkel 7", encoded) and not verify("Dunkel 8", encoded) and not verify("", encoded)
    assert encoded.startswith("pbkdf2_sha256$10$") and "Dunkel" not in encoded


def test_functional_given_salts_and_rounds():
    assert encode("x", "abc", 10) == encode("x", "abc", 10) != encode("x", "abd", 10)
    assert must_update("pbkdf2_sha256$1000$a$b") and not must_update("pbkdf2_sha256$600000$a$b")


def test_functional_what_is_refused():
    with pytest.raises(ValueError):
        encode("x", "a$b", 10)
    with pytest.raises(ValueError):
        verify("x", "md5$1$a$b")


def test_security_each_password_has_a_salt_of_its_own():
    all_of_them = [encode("Dunkel 7", rounds=10) for _ in range(20)]
    assert len({encoded.split("$")[2] for encoded in all_of_them}) == len(set(all_of_them)) == 20


def test_security_a_salt_is_long_enough():
    assert len(encode("x", rounds=10).split("$")[2]) >= 16
