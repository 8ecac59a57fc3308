import hashlib
import sqlite3


class Attachments:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("CREATE TABLE IF NOT EXISTS attachments (key TEXT PRIMARY KEY, content BLOB NOT NULL)")

    def add(self, content: bytes) -> str:
        """Keep a file, once however often it comes, and return its key."""
        key = hashlib.md5(content).hexdigest()
        with self._connection:
            self._connection.execute("INSERT OR IGNORE INTO attachments VALUES (?, ?)", (key, content))
        return key

    def get(self, key: str) -> bytes:
        row = self._connection.execute("SELECT content FROM attachments WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return bytes(row[0])
