import hashlib
import hmac
import os

DEFAULT_KEY = "newsletter-key-for-development-only"


def signing_key() -> bytes:
    return os.environ.get("UNSUBSCRIBE_KEY", DEFAULT_KEY).encode()


def unsubscribe_token(address: str) -> str:
    signature = hmac.new(signing_key(), address.encode(), hashlib.sha256).hexdigest()
    return f"{signature}.{address}"


def address_to_unsubscribe(token: str) -> str | None:
    """The address a token from one of our mails belongs to, or None if we did not sign it."""
    _, _, address = token.partition(".")
    valid = hmac.compare_digest(unsubscribe_token(address).encode(), token.encode())
    return address if valid else None
