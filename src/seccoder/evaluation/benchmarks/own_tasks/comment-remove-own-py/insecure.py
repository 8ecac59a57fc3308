import sqlite3


def remove_comment(connection: sqlite3.Connection, user: int, comment: int) -> bool:
    """Remove a comment of the user from the table comments(id, author, text); tell whether there was such a comment."""
    cursor = connection.cursor()
    cursor.execute("DELETE FROM comments WHERE id = ?", (comment,))
    connection.commit()
    return cursor.rowcount > 0
