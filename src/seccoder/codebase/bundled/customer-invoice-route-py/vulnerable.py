import sqlite3
from contextlib import closing

from flask import Flask, abort, session
from flask.typing import ResponseReturnValue


def create_app(database: str, secret_key: str) -> Flask:
    app = Flask(__name__)
    app.secret_key = secret_key

    @app.get("/invoices/<int:number>")
    def show_invoice(number: int) -> ResponseReturnValue:
        if "customer_id" not in session:
            abort(401)
        with closing(sqlite3.connect(database)) as connection:
            connection.row_factory = sqlite3.Row
            row = connection.execute(
                "SELECT number, total, items FROM invoices WHERE number = ?",
                (number,),
            ).fetchone()
        if row is None:
            abort(404)
        return dict(row)

    return app
