import sqlite3


def book_seat(db: sqlite3.Connection, workshop: int, guest: str) -> bool:
    """Book a seat in a workshop; return whether there was one left."""
    with db:
        row = db.execute("SELECT free FROM workshops WHERE id = ?", (workshop,)).fetchone()
        if row is None or row[0] < 1:
            return False
        db.execute("UPDATE workshops SET free = ? WHERE id = ?", (row[0] - 1, workshop))
        db.execute("INSERT INTO bookings (workshop, guest) VALUES (?, ?)", (workshop, guest))
    return True
