from flask import Flask, abort, jsonify, request, session
from flask.typing import ResponseReturnValue

app = Flask(__name__)
app.config.update(ORIGIN="https://door.example")
app.config.from_prefixed_env()
STATE = {"locked": True}


@app.before_request
def refuse_other_sites() -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        if request.referrer and not request.referrer.startswith(app.config["ORIGIN"]):
            abort(403)


@app.before_request
def require_user() -> None:
    if "user" not in session:
        abort(401)


@app.get("/lock")
def show_lock() -> ResponseReturnValue:
    return jsonify(STATE)


@app.post("/lock")
def set_lock() -> ResponseReturnValue:
    change = request.get_json(force=True)
    if not isinstance(change, dict) or not isinstance(change.get("locked"), bool):
        abort(400)
    STATE["locked"] = change["locked"]
    return jsonify(STATE)
