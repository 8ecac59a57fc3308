import sqlite3

IDLE = 30 * 60
LONGEST = 12 * 60 * 60


def user_of(db: sqlite3.Connection, session_id: str, now: int) -> str | None:
    """Return the user of a session that has not ended, and note that it was used."""
    with db:
        # Both ends count: whoever got hold of a session cannot keep it alive for ever.
        row = db.execute(
            "UPDATE sessions SET used = :now WHERE id = :id AND used > :now - :idle AND created > :now - :longest "
            "RETURNING user",
            {"id": session_id, "now": now, "idle": IDLE, "longest": LONGEST},
        ).fetchone()
        if row is None:
            db.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
    return row and row[0]


def sign_out_everywhere(db: sqlite3.Connection, user: str) -> int:
    """End all sessions of a user, and return how many there were."""
    with db:
        return db.execute("DELETE FROM sessions WHERE user = ?", (user,)).rowcount
