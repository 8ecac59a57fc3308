from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)
PRODUCTS = ["Garden hose 20 m", "Hose clamp", "Watering can"]


@app.get("/search")
def search() -> str:
    """Search page: the form, how many products match, and their names."""
    term = request.args.get("q", "").strip()
    found = [name for name in PRODUCTS if term.casefold() in name.casefold()]
    # escape() also turns quotes into entities, so the term can end neither the text nor the quoted attribute it is in.
    shown = escape(term)
    items = "".join(f"<li>{escape(name)}</li>" for name in found)
    return f"""<!doctype html>
<title>Search: {shown}</title>
<form action="/search"><input name="q" value="{shown}"><button>Search</button></form>
<p>{len(found)} products for <em>{shown}</em></p>
<ul>{items}</ul>
"""
