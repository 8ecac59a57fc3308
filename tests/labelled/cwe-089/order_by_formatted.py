# vulnerable: the condition is bound, the sort column is pasted
import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.route("/items")
def items():
    db = sqlite3.connect("shop.db")
    sort = request.args.get("sort", "price")
    rows = db.execute(f"SELECT name, price FROM items WHERE kind = ? ORDER BY {sort}", (request.args.get("kind"),))
    return jsonify([list(row) for row in rows])
