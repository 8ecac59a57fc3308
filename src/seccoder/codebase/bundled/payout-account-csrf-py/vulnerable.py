from flask import Flask, abort, redirect, render_template_string, request, session, url_for
from werkzeug.wrappers import Response

app = Flask(__name__)
app.config.from_prefixed_env()
ACCOUNTS: dict[str, str] = {}

FORM = """<!doctype html>
<form method="post">
  <label>IBAN <input name="iban" value="{{ iban }}" required></label> <button>Save</button>
</form>"""


@app.get("/payout")
def show_payout() -> str:
    """The form that shows and changes the signed-in seller's account."""
    seller = session.get("seller") or abort(401)
    return render_template_string(FORM, iban=ACCOUNTS.get(seller, ""))


@app.post("/payout")
def change_payout() -> Response:
    """Change the account of the signed-in seller."""
    seller = session.get("seller") or abort(401)
    ACCOUNTS[seller] = request.form["iban"].replace(" ", "")
    return redirect(url_for("show_payout"), code=303)
