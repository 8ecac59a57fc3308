import hashlib
import os


def hash_password(password: str) -> str:
    """Return what is kept of a new password, as a text."""
    salt = os.urandom(16)
    return salt.hex() + ":" + hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 100_000).hex()
