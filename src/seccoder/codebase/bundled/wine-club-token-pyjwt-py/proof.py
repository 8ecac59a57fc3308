"""A stand-in for PyJWT signs with HMACs under one name per algorithm, and checks claims as PyJWT does."""

import importlib
import time
from pathlib import Path

import pytest

JWT = '''
import base64
import hashlib
import hmac
import json
import time


class InvalidTokenError(Exception):
    pass


def _b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _load(part):
    try:
        return json.loads(base64.urlsafe_b64decode(part + "=="))
    except ValueError:
        raise InvalidTokenError("damaged") from None


def _sign(text, key, algorithm):
    # Who holds the public key can make HS256 signatures with it, but no RS256 ones: those need the private key.
    secret = {"RS256": "private of " + key.removeprefix("private of "), "HS256": key, "none": ""}[algorithm]
    return "" if algorithm == "none" else _b64(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())


def encode(claims, key, algorithm):
    text = _b64(json.dumps({"alg": algorithm}).encode()) + "." + _b64(json.dumps(claims).encode())
    return text + "." + _sign(text, key, algorithm)


def get_unverified_header(token):
    return _load(token.split(".")[0])


def decode(token, key, algorithms, audience=None, issuer=None, options=None):
    options = options or {}
    if token.count(".") != 2:
        raise InvalidTokenError("not a token")
    text, signature = token.rsplit(".", 1)
    algorithm = _load(token.split(".")[0]).get("alg")
    if algorithm not in algorithms or not hmac.compare_digest(_sign(text, key, algorithm), signature):
        raise InvalidTokenError("signature")
    claims = _load(text.split(".")[1])
    if any(name not in claims for name in options.get("require", [])):
        raise InvalidTokenError("a claim is missing")
    if "exp" in claims and claims["exp"] < time.time():
        raise InvalidTokenError("expired")
    if options.get("verify_aud", True) and claims.get("aud") != audience:
        raise InvalidTokenError("audience")
    if issuer is not None and claims.get("iss") != issuer:
        raise InvalidTokenError("issuer")
    return claims
'''
Path("jwt.py").write_text(JWT)
importlib.invalidate_caches()

import jwt  # noqa: E402

from subject import member_of  # noqa: E402

KEY = "public-key-of-login"
GOOD = {"iss": "https://login.wines.example", "aud": "wine-club-api", "sub": "m17"}


def asked(claims, key="private of " + KEY, algorithm="RS256"):
    token = jwt.encode({"exp": int(time.time()) + 600, **claims}, key, algorithm)
    try:
        return member_of(f"Bearer {token}", KEY)
    except PermissionError:
        return None


def test_functional_a_member():
    assert asked(GOOD) == "m17"


def test_functional_no_valid_tokens():
    assert asked({**GOOD, "exp": int(time.time()) - 5}) is asked({**GOOD, "iss": "https://evil.example"}) is None
    assert asked(GOOD, key="private of another") is asked({"iss": GOOD["iss"], "aud": GOOD["aud"]}) is None
    for header in ("", "Bearer", "Bearer x", "Bearer a.b.c", "Basic x"):
        with pytest.raises(PermissionError):
            member_of(header, KEY)


def test_security_an_algorithm_of_the_tokens_own():
    assert asked(GOOD, KEY, "HS256") is None and asked(GOOD, KEY, "none") is None


def test_security_a_token_for_another_service():
    assert asked({**GOOD, "aud": "newsletter"}) is None


def test_security_a_token_without_an_end():
    token = jwt.encode(GOOD, "private of " + KEY, "RS256")
    with pytest.raises(PermissionError):
        member_of(f"Bearer {token}", KEY)
