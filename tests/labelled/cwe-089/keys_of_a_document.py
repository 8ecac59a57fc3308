# vulnerable: values are bound, but the names of the columns are the document's own keys
import sqlite3
from typing import Any


def insert(db: sqlite3.Connection, document: dict[str, Any]) -> int:
    names, marks = ", ".join(document), ", ".join("?" for _ in document)
    cursor = db.execute(f"INSERT INTO records ({names}) VALUES ({marks})", list(document.values()))
    return cursor.lastrowid
