import sqlite3
from contextlib import closing

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue


def create_app(database: str) -> Flask:
    app = Flask(__name__)

    @app.get("/books")
    def list_books() -> ResponseReturnValue:
        limit = request.args.get("limit", 20, type=int)
        after = request.args.get("after", 0, type=int)
        with closing(sqlite3.connect(database)) as db:
            rows = db.execute("SELECT id, title FROM books WHERE id > ? ORDER BY id LIMIT ?", (after, limit)).fetchall()
        books = [{"id": number, "title": title} for number, title in rows]
        return jsonify(books=books, next=books[-1]["id"] if len(books) == limit else None)

    return app
