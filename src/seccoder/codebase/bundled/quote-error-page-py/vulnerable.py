import uuid
from collections.abc import Callable

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException


def create_app(load_price: Callable[[str], float]) -> Flask:
    app = Flask(__name__)

    @app.get("/prices/<article>")
    def show_price(article: str) -> ResponseReturnValue:
        return jsonify(article=article, price=load_price(article))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException):
            return error
        incident = uuid.uuid4().hex
        app.logger.error("incident %s", incident, exc_info=error)
        return jsonify(error=f"{type(error).__name__}: {error}", incident=incident), 500

    return app
