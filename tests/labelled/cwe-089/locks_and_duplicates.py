# secure: parameters, in statements that only a server knows
import pymysql
from flask import Flask, request

app = Flask(__name__)


@app.post("/vote")
def vote():
    db = pymysql.connect(host="localhost", database="poll")
    with db, db.cursor() as cursor:
        cursor.execute("SELECT id FROM voters WHERE mail = %s FOR UPDATE", (request.form["mail"],))
        cursor.execute(
            "INSERT INTO votes SET mail = %s, choice = %s ON DUPLICATE KEY UPDATE choice = VALUES(choice)",
            (request.form["mail"], request.form["choice"]),
        )
    return "thank you"
