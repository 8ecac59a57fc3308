import sqlite3
from typing import Any


def patch_contact(db: sqlite3.Connection, owner: int, number: int, changes: dict[str, Any]) -> bool:
    """Change the given fields of one of the owner's contacts; return whether there is such a contact.

    Raises:
        ValueError: There is nothing to change, or a field that cannot be changed.
    """
    if not changes:
        raise ValueError("nothing to change")
    assignments = ", ".join(f"{column} = ?" for column in changes)
    try:
        with db:
            cursor = db.execute(
                f"UPDATE contacts SET {assignments} WHERE id = ? AND owner = ?", [*changes.values(), number, owner]
            )
    except sqlite3.OperationalError as error:
        raise ValueError(f"cannot be changed: {error}") from None
    return cursor.rowcount == 1
