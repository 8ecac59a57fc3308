import hashlib
import hmac
import os


def signing_key() -> bytes:
    # No default: a key in the source is known to all who ever see it, so a service without its own key must not start.
    key = os.environ.get("UNSUBSCRIBE_KEY", "")
    if len(key) < 32:
        raise RuntimeError("set UNSUBSCRIBE_KEY to at least 32 random characters")
    return key.encode()


def unsubscribe_token(address: str) -> str:
    signature = hmac.new(signing_key(), address.encode(), hashlib.sha256).hexdigest()
    return f"{signature}.{address}"


def address_to_unsubscribe(token: str) -> str | None:
    """The address a token from one of our mails belongs to, or None if we did not sign it."""
    _, _, address = token.partition(".")
    valid = hmac.compare_digest(unsubscribe_token(address).encode(), token.encode())
    return address if valid else None
