# vulnerable: SQLite does not know the backslash, so the quote still ends the literal
import sqlite3


def find(path, name):
    escaped = name.replace("'", "\\'")
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT id FROM users WHERE name = '" + escaped + "'").fetchall()
    connection.close()
    return rows
