# vulnerable: the limit is a text of the caller's
import sqlite3
import sys


def last_entries(connection, limit):
    query = "SELECT message FROM log ORDER BY id DESC LIMIT %s" % limit
    return [row[0] for row in connection.execute(query)]


if __name__ == "__main__":
    database = sqlite3.connect("log.sqlite")
    for message in last_entries(database, sys.argv[1] if len(sys.argv) > 1 else "10"):
        print(message)
