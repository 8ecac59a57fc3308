"""Somebody who stole the members table and the source must not be able to guess passwords at speed."""

import ast
import hashlib
from itertools import product
from pathlib import Path

import subject

WORDS = ["123456", "football", "s3rve&volley"]


def fast_guess(stored):
    """The word behind `stored`, if it is one round of a fast hash with a salt from the source or the table, or None."""
    constants = [
        node.value for node in ast.walk(ast.parse(Path(subject.__file__).read_text())) if isinstance(node, ast.Constant)
    ]
    salts = [b""] + [value.encode() for value in constants if isinstance(value, str)]
    salts += [value for value in constants if isinstance(value, bytes)]
    for part in stored.replace(":", "$").split("$"):
        salts.append(part.encode())
        try:
            salts.append(bytes.fromhex(part))
        except ValueError:
            pass
    for word, salt, name in product(WORDS, salts, ["md5", "sha1", "sha256", "sha512", "blake2b"]):
        for text in (salt + word.encode(), word.encode() + salt):
            if hashlib.new(name, text).hexdigest() in stored:
                return word
    return None


def test_functional_right_and_wrong_password():
    stored = subject.hash_password("s3rve&volley")
    assert "s3rve&volley" not in stored
    assert subject.verify_password("s3rve&volley", stored)
    assert not subject.verify_password("S3rve&volley", stored)


def test_functional_password_outside_ascii():
    assert subject.verify_password("pässwörd ✓", subject.hash_password("pässwörd ✓"))


def test_security_same_password_is_stored_differently():
    assert subject.hash_password("football") != subject.hash_password("football")


def test_security_word_list_with_fast_hashes():
    assert [fast_guess(subject.hash_password(word)) for word in WORDS] == [None] * len(WORDS)
