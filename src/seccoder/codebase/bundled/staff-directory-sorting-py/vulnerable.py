import sqlite3

PAGE_SIZE = 20


def staff_page(
    db: sqlite3.Connection, sort: str = "name", direction: str = "asc", page: int = 1
) -> list[tuple[str, str, str]]:
    """Return name, office and hiring date of the employees on one page (from 1).

    Raises:
        ValueError: There is no such column or direction.
    """
    if not sort or not direction:
        raise ValueError("cannot sort by nothing")
    collation = "COLLATE NOCASE" if sort == "name" else ""
    query = (
        f"SELECT name, office, hired FROM staff WHERE active "
        f"ORDER BY {sort} {collation} {direction}, id LIMIT ? OFFSET ?"
    )
    return db.execute(query, (PAGE_SIZE, (page - 1) * PAGE_SIZE)).fetchall()
