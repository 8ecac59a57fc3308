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
    query = "SELECT name FROM parts"
    parameters = []
    clauses = []
    for condition in conditions:
        try:
            field, op, value = condition["field"], condition["op"], condition["value"]
        except KeyError as error:
            raise ValueError(f"{error} is missing") from None
        if op not in OPERATORS:
            raise ValueError(f"unknown operator {op}")
        if op == "contains":
            clauses.append(f"{field} LIKE ?")
            parameters.append(f"%{value}%")
        else:
            clauses.append(f"{field} {op} ?")
            parameters.append(value)
    if clauses:
        query += " WHERE " + " AND ".join(clauses)
    query += " ORDER BY name"
    return [row[0] for row in db.execute(query, parameters)]
