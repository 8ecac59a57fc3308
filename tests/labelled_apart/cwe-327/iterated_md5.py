# vulnerable: a thousand rounds of MD5 with a salt are still MD5
import hashlib
import secrets


def derive(password):
    salt = secrets.token_hex(8)
    digest = (salt + password).encode()
    for _ in range(1000):
        digest = hashlib.md5(digest).digest()
    return f"{salt}${digest.hex()}"
