import sqlite3


def find_prices(connection: sqlite3.Connection, name: str) -> list[int]:
    """Return the prices of the teas with this name, from the table teas(name, price)."""
