import hmac
import secrets

from flask import Flask, abort, redirect, render_template_string, request, session, url_for
from werkzeug.wrappers import Response

app = Flask(__name__)
app.config.from_prefixed_env()
ACCOUNTS: dict[str, str] = {}

FORM = """<!doctype html>
<form method="post">
  <input type="hidden" name="csrf_token" value="{{ token }}">
  <label>IBAN <input name="iban" value="{{ iban }}" required></label> <button>Save</button>
</form>"""


@app.get("/payout")
def show_payout() -> str:
    """The form that shows and changes the signed-in seller's account."""
    seller = session.get("seller") or abort(401)
    token = session.setdefault("csrf_token", secrets.token_urlsafe(32))
    return render_template_string(FORM, token=token, iban=ACCOUNTS.get(seller, ""))


@app.post("/payout")
def change_payout() -> Response:
    """Change the account, if the request comes from our own form."""
    seller = session.get("seller") or abort(401)
    sent, expected = request.form.get("csrf_token", ""), session.get("csrf_token", "")
    # Browsers send the cookie with forms of other sites too, but those cannot read the token; no token, no change.
    if not expected or not hmac.compare_digest(sent.encode(), expected.encode()):
        abort(403)
    ACCOUNTS[seller] = request.form["iban"].replace(" ", "")
    return redirect(url_for("show_payout"), code=303)
