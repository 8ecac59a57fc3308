import sqlite3

from werkzeug.security import check_password_hash


def check_login(db: sqlite3.Connection, email: str, password: str) -> int | None:
    """Return the id of the user with this address and password, or None."""
    row = db.execute("SELECT id, password_hash FROM users WHERE email = ?", (email.strip().lower(),)).fetchone()
    if row is None:
        return None
    user_id, password_hash = row
    return user_id if check_password_hash(password_hash, password) else None
