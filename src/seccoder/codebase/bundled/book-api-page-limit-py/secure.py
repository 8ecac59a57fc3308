import sqlite3
from contextlib import closing

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

MAX_LIMIT = 100


def create_app(database: str) -> Flask:
    app = Flask(__name__)

    @app.get("/books")
    def list_books() -> ResponseReturnValue:
        limit = request.args.get("limit", 20, type=int)
        after = min(max(request.args.get("after", 0, type=int), 0), 2**62)
        # Both ends: a client must not choose how much we load, and LIMIT -1 means all rows to SQLite.
        limit = min(max(limit, 1), MAX_LIMIT)
        with closing(sqlite3.connect(database)) as db:
            rows = db.execute("SELECT id, title FROM books WHERE id > ? ORDER BY id LIMIT ?", (after, limit)).fetchall()
        books = [{"id": number, "title": title} for number, title in rows]
        return jsonify(books=books, next=books[-1]["id"] if len(books) == limit else None)

    return app
