# secure: the column comes from a table, the value is bound
import MySQLdb
from flask import Flask, request

app = Flask(__name__)
COLUMNS = {"name": "name", "age": "age"}


@app.route("/people")
def people():
    column = COLUMNS.get(request.args.get("sort", "name"), "name")
    db = MySQLdb.connect(user="web", passwd="web", db="web")
    cursor = db.cursor()
    cursor.execute("SELECT name, age FROM people WHERE city = %s ORDER BY " + column, (request.args.get("city"),))
    return {"people": [list(row) for row in cursor.fetchall()]}
