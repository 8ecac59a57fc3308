from flask import Flask, render_template_string, request
from markupsafe import escape

CARD = """<!doctype html>
<title>A card for %(to)s</title>
<h1>Dear %(to)s,</h1>
<blockquote>%(message)s</blockquote>
<footer>sent with {{ config.CARD_SENDER }}</footer>"""

app = Flask(__name__)
app.config["CARD_SENDER"] = "cards.example"
app.config.from_prefixed_env()


@app.post("/preview")
def preview_card() -> str:
    """Show the card that the form describes."""
    return render_template_string(CARD % {"to": escape(request.form["to"]), "message": escape(request.form["message"])})
