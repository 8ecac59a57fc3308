import hashlib
import hmac
import secrets
import sqlite3


def _hashed(word: str, salt: bytes) -> str:
    return hashlib.scrypt(word.casefold().encode(), salt=salt, n=2**13, r=8, p=1).hex()


def set_word(db: sqlite3.Connection, team: str, word: str) -> None:
    # A new salt each time: nobody can prepare a list, and equal words look different.
    salt = secrets.token_bytes(16)
    stored = f"{salt.hex()}${_hashed(word, salt)}"
    with db:
        db.execute("INSERT OR REPLACE INTO teams (name, secret) VALUES (?, ?)", (team, stored))


def check_word(db: sqlite3.Connection, team: str, word: str) -> bool:
    row = db.execute("SELECT secret FROM teams WHERE name = ?", (team,)).fetchone()
    if row is None:
        return False
    salt, _, hashed = row[0].partition("$")
    return hmac.compare_digest(_hashed(word, bytes.fromhex(salt)), hashed)
