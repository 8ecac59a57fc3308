import sqlite3
from typing import Any

OPERATORS = {"=", "!=", "<", "<=", ">", ">=", "contains"}


def find_parts(db: sqlite3.Connection, conditions: list[dict[str, Any]]) -> list[str]:
    """Return the names of the spare parts that meet all conditions, in alphabetical order.

    The table is parts(name, maker, stock, price).

    Args:
        db: The database.
        conditions: What the search form sent, such as [{"field": "stock", "op": ">=", "value": 5}]. The form offers the
            columns of the table and OPERATORS; "contains" looks for a text within the column.

    Raises:
        ValueError: If a condition makes no sense.
    """
