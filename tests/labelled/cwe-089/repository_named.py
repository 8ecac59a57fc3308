# secure: named parameters throughout
import sqlite3


class TodoRepository:
    def __init__(self, connection: sqlite3.Connection):
        self.connection = connection

    def add(self, owner: str, text: str) -> int:
        cursor = self.connection.execute(
            "INSERT INTO todo (owner, text) VALUES (:owner, :text)", {"owner": owner, "text": text}
        )
        self.connection.commit()
        return cursor.lastrowid
