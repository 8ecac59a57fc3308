from collections.abc import Sequence
from datetime import date
from typing import Any

from psycopg import Connection


def export_rows(
    connection: Connection, schema: str, table: str, columns: Sequence[str], since: date
) -> list[tuple[Any, ...]]:
    """Return the picked columns of the rows that were created since a day, in the order of their ids."""
    if not columns:
        raise ValueError("pick at least one column")
    picked = ", ".join(f'"{column}"' for column in columns)
    query = f'SELECT {picked} FROM "{schema}"."{table}" WHERE created >= %s ORDER BY id'
    return connection.execute(query, [since]).fetchall()
