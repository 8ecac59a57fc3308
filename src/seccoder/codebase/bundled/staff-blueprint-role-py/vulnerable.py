from flask import Blueprint, Flask, abort, jsonify, session
from flask.typing import ResponseReturnValue


def staff_area(roles: dict[str, str], fines: dict[str, float]) -> Blueprint:
    staff = Blueprint("staff", __name__, url_prefix="/staff")

    @staff.before_request
    def require_login() -> None:
        if "user" not in session:
            abort(401)

    @staff.get("/members")
    def members() -> ResponseReturnValue:
        return jsonify(fines)

    @staff.post("/members/<name>/waive")
    def waive(name: str) -> ResponseReturnValue:
        if name not in fines:
            abort(404)
        fines[name] = 0.0
        return "", 204

    return staff


def create_app(roles: dict[str, str], fines: dict[str, float], secret_key: str) -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secret_key, SESSION_COOKIE_SAMESITE="Lax")
    app.register_blueprint(staff_area(roles, fines))
    return app
