# vulnerable: the pattern is pasted between the percent signs
class ProductSearch:
    def __init__(self, connection):
        self.connection = connection

    def search(self, term):
        cursor = self.connection.cursor()
        cursor.execute("SELECT id, title FROM products WHERE title LIKE '%{}%'".format(term))
        return cursor.fetchall()
