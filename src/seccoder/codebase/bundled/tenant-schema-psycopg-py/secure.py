from collections.abc import Sequence
from datetime import date
from typing import Any

from psycopg import Connection, sql


def export_rows(
    connection: Connection, schema: str, table: str, columns: Sequence[str], since: date
) -> list[tuple[Any, ...]]:
    """Return the picked columns of the rows that were created since a day, in the order of their ids."""
    if not columns:
        raise ValueError("pick at least one column")
    # Names cannot be sent as parameters: Identifier quotes each of them, and the quotes inside them, on its own.
    query = sql.SQL("SELECT {columns} FROM {table} WHERE created >= %s ORDER BY id").format(
        columns=sql.SQL(", ").join([sql.Identifier(column) for column in columns]),
        table=sql.Identifier(schema, table),
    )
    return connection.execute(query, [since]).fetchall()
