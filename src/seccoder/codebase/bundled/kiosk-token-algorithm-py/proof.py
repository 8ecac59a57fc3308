"""Without the key nobody can make a token that is read."""

import base64
import hashlib
import hmac
import json
import time

import pytest
import subject

KEY = b"k" * 32


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


ADMIN = part({"kiosk": 1, "role": "admin", "exp": 9999999999})


def test_functional_round_trip():
    claims = subject.read_token(subject.issue_token({"kiosk": 17, "place": "Köln"}, KEY), KEY)
    assert (claims["kiosk"], claims["place"]) == (17, "Köln")


def test_functional_token_is_standard():
    header, payload, signature = subject.issue_token({"kiosk": 17}, KEY).split(".")
    expected = hmac.new(KEY, f"{header}.{payload}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=") == expected


def test_functional_expired_token(monkeypatch):
    token = subject.issue_token({"kiosk": 17}, KEY, lifetime=60)
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(subject.InvalidToken):
        subject.read_token(token, KEY)


@pytest.mark.parametrize("token", ["", ".", "..", "a.b", "a.b.c.d", "!.!.!", "é.é.é"])
def test_functional_nonsense(token):
    with pytest.raises(subject.InvalidToken):
        subject.read_token(token, KEY)


def test_functional_other_key():
    with pytest.raises(subject.InvalidToken):
        subject.read_token(subject.issue_token({"kiosk": 17}, KEY), b"x" * 32)


def test_security_changed_claims():
    header, _, signature = subject.issue_token({"kiosk": 1, "role": "user"}, KEY).split(".")
    with pytest.raises(subject.InvalidToken):
        subject.read_token(f"{header}.{ADMIN}.{signature}", KEY)


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, "HS256", "RS256", "HS0"])
@pytest.mark.parametrize("signature", ["", "AAAA"])
def test_security_header_does_not_choose_the_algorithm(algorithm, signature):
    with pytest.raises(subject.InvalidToken):
        subject.read_token(f"{part({'alg': algorithm})}.{ADMIN}.{signature}", KEY)


def test_security_signature_with_an_empty_key():
    header = part({"alg": "HS256"})
    signature = base64.urlsafe_b64encode(hmac.digest(b"", f"{header}.{ADMIN}".encode(), "sha256")).rstrip(b"=").decode()
    with pytest.raises(subject.InvalidToken):
        subject.read_token(f"{header}.{ADMIN}.{signature}", KEY)
