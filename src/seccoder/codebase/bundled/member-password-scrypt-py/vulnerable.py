import hashlib
import hmac

SALT = "club-2024"


def hash_password(password: str) -> str:
    return hashlib.md5((SALT + password).encode()).hexdigest()


def verify_password(password: str, stored: str) -> bool:
    return hmac.compare_digest(hash_password(password), stored)
