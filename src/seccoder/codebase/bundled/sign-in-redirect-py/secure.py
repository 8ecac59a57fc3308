import re

from flask import Flask, abort, redirect, request, session
from werkzeug.security import check_password_hash
from werkzeug.wrappers import Response

app = Flask(__name__)
app.config.from_prefixed_env()
PASSWORD_HASHES: dict[str, str] = {}

# Browsers read "//host" and "/\host" as another site and drop tabs and newlines, so none of these may get through.
LOCAL_PAGE = re.compile(r"/(?!/)[^\\\s\x00-\x1f\x7f]*")


@app.post("/sign-in")
def sign_in() -> Response:
    """Check the password and go back to the page the user came from."""
    name = request.form.get("name", "")
    password_hash = PASSWORD_HASHES.get(name)
    if password_hash is None or not check_password_hash(password_hash, request.form.get("password", "")):
        abort(401)
    session.clear()
    session["user"] = name
    page = request.args.get("next", "")
    return redirect(page if LOCAL_PAGE.fullmatch(page) else "/dashboard")
