import sqlite3


def find_prices(connection: sqlite3.Connection, name: str) -> list[int]:
    """Return the prices of the teas with this name, from the table teas(name, price)."""
    cursor = connection.cursor()
    cursor.execute(f"SELECT price FROM teas WHERE name = '{name}'")
    return [row[0] for row in cursor.fetchall()]
