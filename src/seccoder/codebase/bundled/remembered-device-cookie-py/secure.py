import secrets
from collections.abc import Callable

from flask import Flask, Response, abort, jsonify, request

THIRTY_DAYS = 30 * 24 * 60 * 60


def create_app(code_is_right: Callable[[str], bool]) -> Flask:
    app = Flask(__name__)
    known_devices: set[str] = set()

    @app.post("/verify")
    def verify() -> Response:
        if not code_is_right(request.form.get("code", "")):
            abort(403)
        token = secrets.token_urlsafe(32)
        known_devices.add(token)
        response = jsonify(remembered=True)
        # Only over HTTPS, out of reach for scripts, not with requests from other sites: none of it is the default.
        response.set_cookie("device", token, max_age=THIRTY_DAYS, secure=True, httponly=True, samesite="Lax")
        return response

    @app.get("/login")
    def login() -> Response:
        return jsonify(known=request.cookies.get("device") in known_devices)

    @app.post("/forget")
    def forget() -> Response:
        known_devices.discard(request.cookies.get("device", ""))
        response = jsonify(remembered=False)
        response.delete_cookie("device", secure=True, httponly=True, samesite="Lax")
        return response

    return app
