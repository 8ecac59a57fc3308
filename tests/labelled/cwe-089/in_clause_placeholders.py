# secure: only question marks are generated
import sqlite3


def names_of(ids: list[str]) -> list[str]:
    db = sqlite3.connect("people.db")
    marks = ",".join("?" for _ in ids)
    return [name for (name,) in db.execute(f"SELECT name FROM people WHERE id IN ({marks})", ids)]
