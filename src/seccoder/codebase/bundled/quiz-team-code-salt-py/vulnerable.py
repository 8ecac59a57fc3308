import hashlib
import hmac
import sqlite3


def _hashed(word: str) -> str:
    return hashlib.sha256(word.casefold().encode()).hexdigest()


def set_word(db: sqlite3.Connection, team: str, word: str) -> None:
    with db:
        db.execute("INSERT OR REPLACE INTO teams (name, secret) VALUES (?, ?)", (team, _hashed(word)))


def check_word(db: sqlite3.Connection, team: str, word: str) -> bool:
    row = db.execute("SELECT secret FROM teams WHERE name = ?", (team,)).fetchone()
    return row is not None and hmac.compare_digest(_hashed(word), row[0])
