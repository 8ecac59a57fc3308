import base64
import hashlib
import hmac
import os

ROUNDS = 600_000
SHOP_SALT = os.environ.get("SHOP_SALT", "hopsandmalt")


def encode(password: str, salt: str | None = None, rounds: int = ROUNDS) -> str:
    salt = salt or SHOP_SALT
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
