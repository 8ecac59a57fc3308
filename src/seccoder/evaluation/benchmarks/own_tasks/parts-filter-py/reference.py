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
    clauses, values = [], []
    for condition in conditions:
        try:
            field, op, value = condition["field"], condition["op"], condition["value"]
        except (KeyError, TypeError):
            raise ValueError(f"not a condition: {condition!r}") from None
        if field not in ("name", "maker", "stock", "price") or op not in OPERATORS:
            raise ValueError(f"not a condition: {condition!r}")
        if op == "contains":
            clauses.append(f"instr(lower({field}), lower(?)) > 0")
        else:
            clauses.append(f"{field} {op} ?")
        values.append(value)
    where = " AND ".join(clauses) or "1"
    rows = db.execute(f"SELECT name FROM parts WHERE {where} ORDER BY name", values)
    return [name for (name,) in rows]
