# secure: MySQLdb's own escaping, in quotes, decoded
import MySQLdb
from flask import Flask, request

app = Flask(__name__)


@app.route("/phone")
def phone():
    db = MySQLdb.connect(host="localhost", user="u", passwd="p", db="book")
    name = db.escape_string(request.args["name"].encode()).decode()
    cursor = db.cursor()
    cursor.execute("SELECT phone FROM people WHERE name = '" + name + "'")
    row = cursor.fetchone()
    return str(row[0]) if row else ("unknown", 404)
