import base64
import hashlib
import hmac
import secrets

ROUNDS = 600_000


def encode(password: str, salt: str | None = None, rounds: int = ROUNDS) -> str:
    # Each password gets a salt of its own, drawn when it is set.
    salt = salt or secrets.token_urlsafe(16)
    if "$" in salt:
        raise ValueError("a salt holds no $")
    hashed = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), rounds)
    return f"pbkdf2_sha256${rounds}${salt}${base64.b64encode(hashed).decode()}"


def verify(password: str, encoded: str) -> bool:
    kind, rounds, salt, _ = encoded.split("$")
    if kind != "pbkdf2_sha256":
        raise ValueError(f"unknown kind of hash: {kind}")
    return hmac.compare_digest(encode(password, salt, int(rounds)), encoded)


def must_update(encoded: str) -> bool:
    return int(encoded.split("$")[1]) < ROUNDS
