# secure: PBKDF2-HMAC-SHA-256 with many rounds
import hashlib
import secrets


def make_record(user, password):
    salt = secrets.token_bytes(16)
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)
    return {"user": user, "salt": salt.hex(), "key": key.hex()}
