import hashlib
import hmac
import secrets


def derive(password: str, salt: bytes) -> bytes:
    # scrypt is slow and memory-hungry on purpose, and each member has a new salt: every guess is dear and helps once.
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=5)


def hash_password(password: str) -> str:
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${derive(password, salt).hex()}"


def verify_password(password: str, stored: str) -> bool:
    salt, digest = (bytes.fromhex(part) for part in stored.split("$"))
    return hmac.compare_digest(derive(password, salt), digest)
