import sqlite3

COLUMNS = {"name": "name COLLATE NOCASE", "office": "office", "hired": "hired"}
DIRECTIONS = {"asc": "ASC", "desc": "DESC"}
PAGE_SIZE = 20


def staff_page(
    db: sqlite3.Connection, sort: str = "name", direction: str = "asc", page: int = 1
) -> list[tuple[str, str, str]]:
    """Return name, office and hiring date of the employees on one page (from 1).

    Raises:
        ValueError: There is no such column or direction.
    """
    # A placeholder cannot stand for a column or a keyword, so both are looked up; only text from these tables gets in.
    try:
        order = f"{COLUMNS[sort]} {DIRECTIONS[direction]}"
    except KeyError as error:
        raise ValueError(f"cannot sort by {error}") from None
    query = f"SELECT name, office, hired FROM staff WHERE active ORDER BY {order}, id LIMIT ? OFFSET ?"
    return db.execute(query, (PAGE_SIZE, (page - 1) * PAGE_SIZE)).fetchall()
