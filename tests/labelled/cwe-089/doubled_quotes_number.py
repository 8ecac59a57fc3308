# vulnerable: doubling quotes does nothing for a value that stands without them
import psycopg2


class Accounts:
    def __init__(self, dsn):
        self.connection = psycopg2.connect(dsn)

    def balance(self, account_id):
        clean = str(account_id).replace("'", "''")
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT balance FROM accounts WHERE id = {clean}")
            row = cursor.fetchone()
        return row[0] if row else None
