import sqlite3

from werkzeug.security import check_password_hash, generate_password_hash

DUMMY_HASH = generate_password_hash("nobody has this password")


def check_login(db: sqlite3.Connection, email: str, password: str) -> int | None:
    """Return the id of the user with this address and password, or None."""
    row = db.execute("SELECT id, password_hash FROM users WHERE email = ?", (email.strip().lower(),)).fetchone()
    user_id, password_hash = row or (None, DUMMY_HASH)
    # Hashing takes most of the time: without an account it is done all the same, so that the time does not tell.
    correct = check_password_hash(password_hash, password)
    return user_id if correct else None
