from flask import Flask, render_template_string, request

CARD = """<!doctype html>
<title>A card for {{ to }}</title>
<h1>Dear {{ to }},</h1>
<blockquote>{{ message }}</blockquote>
<footer>sent with {{ config.CARD_SENDER }}</footer>"""

app = Flask(__name__)
app.config["CARD_SENDER"] = "cards.example"
app.config.from_prefixed_env()


@app.post("/preview")
def preview_card() -> str:
    """Show the card that the form describes."""
    # The template is constant: a template is a program, and what users type must only ever be a value in it.
    return render_template_string(CARD, to=request.form["to"], message=request.form["message"])
