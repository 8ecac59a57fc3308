"""A signature must not be found digit by digit.

Time is not measured. `Timed` stands for the attacker's clock: when Python compares it with ==, which stops at the first
character that differs, it notes how many characters were equal, which is what the time of such a comparison tells.
"""

import hashlib
import hmac
import os

import pytest
import subject

SECRET = b"whsec_4f1c0b7a"
BODY = b'{"event": "paid", "order": 17}'


class Timed(str):
    equal = 0

    def __eq__(self, other):
        self.equal = len(os.path.commonprefix([str(self), str(other)]))
        return str.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__


def test_functional_valid_signature():
    assert subject.is_authentic(SECRET, BODY, hmac.new(SECRET, BODY, hashlib.sha256).hexdigest())
    assert subject.is_authentic(SECRET, b"", subject.sign(SECRET, b""))


@pytest.mark.parametrize(
    "change", [lambda s: "", lambda s: s[:-1], lambda s: s + "0", lambda s: "0" * 64, lambda s: s[::-1]]
)
def test_functional_invalid_signature(change):
    assert not subject.is_authentic(SECRET, BODY, change(subject.sign(SECRET, BODY)))


def test_functional_other_body_or_secret():
    assert not subject.is_authentic(SECRET, BODY + b" ", subject.sign(SECRET, BODY))
    assert not subject.is_authentic(b"other", BODY, subject.sign(SECRET, BODY))


def test_security_signature_is_not_found_digit_by_digit():
    forged = b'{"event": "paid", "order": 666}'
    known = ""
    for position in range(64):
        guesses = [Timed((known + digit).ljust(64, "x")) for digit in "0123456789abcdef"]
        for guess in guesses:
            if subject.is_authentic(SECRET, forged, guess):
                break
        known = max(guesses, key=lambda guess: guess.equal)[: position + 1]
    assert not subject.is_authentic(SECRET, forged, known)


def test_security_signature_outside_ascii_is_just_wrong():
    assert not subject.is_authentic(SECRET, BODY, "é" * 64)
