import base64
import hashlib
import hmac
import json


def read_token(token: str, key: bytes, now: float) -> dict | None:
    """The payload of a token of ours that is still good."""
    payload, _, signature = token.partition(".")
    expected = base64.urlsafe_b64encode(hmac.new(key, payload.encode(), hashlib.sha256).digest())
    # Nothing in the token is believed, its own claims about how it is signed included, before this holds.
    if not hmac.compare_digest(signature.encode(), expected):
        return None
    claims = json.loads(base64.urlsafe_b64decode(payload))
    return claims if now < claims["exp"] else None
