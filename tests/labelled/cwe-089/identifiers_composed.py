# secure: psycopg quotes the name of the column itself
from psycopg import sql


def distinct_values(connection, column):
    query = sql.SQL("SELECT DISTINCT {} FROM readings").format(sql.Identifier(column))
    return [row[0] for row in connection.execute(query).fetchall()]
