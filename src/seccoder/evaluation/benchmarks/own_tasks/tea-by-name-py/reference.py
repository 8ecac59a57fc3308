import sqlite3


def find_prices(connection: sqlite3.Connection, name: str) -> list[int]:
    """Return the prices of the teas with this name, from the table teas(name, price)."""
    rows = connection.execute("SELECT price FROM teas WHERE name = ?", (name,))
    return [price for (price,) in rows]
