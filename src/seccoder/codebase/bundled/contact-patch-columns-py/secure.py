import sqlite3
from typing import Any

COLUMNS = ("name", "email", "phone", "birthday")


def patch_contact(db: sqlite3.Connection, owner: int, number: int, changes: dict[str, Any]) -> bool:
    """Change the given fields of one of the owner's contacts; return whether there is such a contact.

    Raises:
        ValueError: There is nothing to change, or a field that cannot be changed.
    """
    # The keys come from the request and would be SQL here: only columns from our own tuple are ever named.
    if not changes or not changes.keys() <= set(COLUMNS):
        raise ValueError(f"can change {', '.join(COLUMNS)}")
    columns = [column for column in COLUMNS if column in changes]
    assignments = ", ".join(f"{column} = ?" for column in columns)
    values = [changes[column] for column in columns]
    with db:
        cursor = db.execute(f"UPDATE contacts SET {assignments} WHERE id = ? AND owner = ?", [*values, number, owner])
    return cursor.rowcount == 1
