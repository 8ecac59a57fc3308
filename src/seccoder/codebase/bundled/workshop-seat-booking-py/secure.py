import sqlite3


def book_seat(db: sqlite3.Connection, workshop: int, guest: str) -> bool:
    """Book a seat in a workshop; return whether there was one left."""
    with db:
        # Check and change are one statement, which no other process can come between.
        taken = db.execute("UPDATE workshops SET free = free - 1 WHERE id = ? AND free > 0", (workshop,))
        if taken.rowcount == 0:
            return False
        db.execute("INSERT INTO bookings (workshop, guest) VALUES (?, ?)", (workshop, guest))
    return True
