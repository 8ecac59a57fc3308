from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort, jsonify, session
from flask.typing import ResponseReturnValue


def admin_only(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    @wraps(view)
    def guarded(**arguments: Any) -> ResponseReturnValue:
        if session.get("is_admin") is not True:
            abort(401)
        return view(**arguments)

    return guarded


def create_app(orders: dict[int, str], secret_key: str) -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secret_key, SESSION_COOKIE_SAMESITE="Lax")

    # Flask registers the function that stands below the route: admin_only must be there, not above it.
    @app.get("/admin/orders")
    @admin_only
    def list_orders() -> ResponseReturnValue:
        return jsonify(orders)

    @app.post("/admin/orders/<int:number>/cancel")
    @admin_only
    def cancel_order(number: int) -> ResponseReturnValue:
        if number not in orders:
            abort(404)
        orders[number] = "cancelled"
        return "", 204

    return app
