import sqlite3
from datetime import date


def lend(db: sqlite3.Connection, reader: str, title: str, due: date) -> int:
    """Record a loan and return its number."""
    loan = {"reader": reader, "title": title, "due": due.isoformat()}
    with db:
        # The values travel beside the SQL, never inside it; that holds for values we stored ourselves, too.
        cursor = db.execute("INSERT INTO loans (reader, title, due) VALUES (:reader, :title, :due)", loan)
    return cursor.lastrowid


def overdue(db: sqlite3.Connection, reader: str, today: date) -> list[str]:
    """Return the titles that the reader should have brought back before today, oldest first."""
    query = "SELECT title FROM loans WHERE reader = :reader AND due < :today ORDER BY due, id"
    return [title for (title,) in db.execute(query, {"reader": reader, "today": today.isoformat()})]
