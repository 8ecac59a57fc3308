import secrets
import sqlite3


class ApiKeys:
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.execute("CREATE TABLE IF NOT EXISTS api_keys (id INTEGER PRIMARY KEY, customer, label, key UNIQUE)")

    def create(self, customer: str, label: str) -> tuple[int, str]:
        """Return the id of a new key and the key, which cannot be shown again."""
        key = "wx_" + secrets.token_urlsafe(32)
        with self._db:
            query = "INSERT INTO api_keys (customer, label, key) VALUES (?, ?, ?)"
            number = self._db.execute(query, (customer, label, key)).lastrowid
        return number, key

    def customer_of(self, key: str) -> str | None:
        row = self._db.execute("SELECT customer FROM api_keys WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def revoke(self, number: int) -> None:
        with self._db:
            self._db.execute("DELETE FROM api_keys WHERE id = ?", (number,))
