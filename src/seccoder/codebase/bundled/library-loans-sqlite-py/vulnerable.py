import sqlite3
from datetime import date


def lend(db: sqlite3.Connection, reader: str, title: str, due: date) -> int:
    """Record a loan and return its number."""
    with db:
        cursor = db.execute(
            "INSERT INTO loans (reader, title, due) VALUES ('%s', '%s', '%s')" % (reader, title, due.isoformat())
        )
    return cursor.lastrowid


def overdue(db: sqlite3.Connection, reader: str, today: date) -> list[str]:
    """Return the titles that the reader should have brought back before today, oldest first."""
    query = f"SELECT title FROM loans WHERE reader = '{reader}' AND due < '{today.isoformat()}' ORDER BY due, id"
    return [title for (title,) in db.execute(query)]
