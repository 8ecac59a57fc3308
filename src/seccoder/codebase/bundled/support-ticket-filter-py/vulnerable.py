import sqlite3
from collections.abc import Sequence


def find_tickets(db: sqlite3.Connection, team: int, statuses: Sequence[str], text: str = "") -> list[tuple[int, str]]:
    """Return number and subject of the team's tickets with one of the statuses and the text in their subject."""
    values = ", ".join(f"'{status}'" for status in statuses)
    query = f"""
        SELECT id, subject FROM tickets
        WHERE team = {team} AND status IN ({values}) AND subject LIKE '%{text}%'
        ORDER BY id
    """
    return db.execute(query).fetchall()
