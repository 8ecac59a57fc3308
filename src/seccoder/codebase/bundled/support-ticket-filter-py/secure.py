import re
import sqlite3
from collections.abc import Sequence


def find_tickets(db: sqlite3.Connection, team: int, statuses: Sequence[str], text: str = "") -> list[tuple[int, str]]:
    """Return number and subject of the team's tickets with one of the statuses and the text in their subject."""
    # Only the number of "?" depends on the input; the backslashes make "%" and "_" in the text stand for themselves.
    marks = ", ".join("?" * len(statuses))
    pattern = "%" + re.sub(r"([%_\\])", r"\\\1", text) + "%"
    query = rf"""
        SELECT id, subject FROM tickets
        WHERE team = ? AND status IN ({marks}) AND subject LIKE ? ESCAPE '\'
        ORDER BY id
    """
    return db.execute(query, [team, *statuses, pattern]).fetchall()
