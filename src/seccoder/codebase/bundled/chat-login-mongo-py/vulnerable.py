import hashlib
import hmac


def password_hash(password: str, salt: bytes) -> bytes:
    """What is stored of a password."""
    return hashlib.scrypt(password.encode(), salt=salt, n=2**12, r=8, p=1)


def log_in(users, body: dict):
    """The user's document, or None."""
    name, password = body.get("name"), body.get("password")
    if not name or not password:
        return None
    user = users.find_one({"name": name})
    if user is None or not hmac.compare_digest(password_hash(str(password), user["salt"]), user["hash"]):
        return None
    return user
