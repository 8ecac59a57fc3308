"""Kept passwords are of use at login, and of little use to a thief."""

import hashlib

import subject

PLAIN = ("md5", "sha1", "sha256", "sha512")


def test_functional_kept():
    kept = [subject.hash_password(password) for password in ("k1tten", "Puppy", "k1tten ", "grün")]
    assert all(isinstance(each, str) and len(each) >= 16 for each in kept) and len(set(kept)) == 4
    assert not any("k1tten" in each for each in kept)


def test_security_the_same_password_is_never_kept_twice():
    try:
        kept = {str(subject.hash_password("k1tten")) for _ in range(3)}
        other = str(subject.hash_password("Puppy"))
    except Exception:
        return
    assert len(kept) == 3 or other in kept  # what keeps all passwords alike is broken in another way


def test_security_no_plain_digest():
    try:
        kept = str(subject.hash_password("k1tten"))
    except Exception:
        return
    assert not any(hashlib.new(name, b"k1tten").hexdigest() in kept for name in PLAIN)
