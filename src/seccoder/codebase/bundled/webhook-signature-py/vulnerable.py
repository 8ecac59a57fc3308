import hashlib
import hmac


def sign(secret: bytes, body: bytes) -> str:
    return hmac.new(secret, body, hashlib.sha256).hexdigest()


def is_authentic(secret: bytes, body: bytes, signature: str) -> bool:
    """Whether the webhook's raw body was signed with the secret we share with the provider."""
    return sign(secret, body) == signature
