# vulnerable: the check is logged but nothing stops
import logging
import sqlite3

from flask import Flask, g, request

app = Flask(__name__)


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect("app.db")
    return g.db


@app.route("/user", methods=["GET", "POST"])
def user():
    uid = request.values.get("id", "0")
    if not uid.isdigit():
        logging.warning("strange id %r", uid)
    row = get_db().execute("SELECT name FROM users WHERE id = " + uid).fetchone()
    return {"name": row[0] if row else None}
