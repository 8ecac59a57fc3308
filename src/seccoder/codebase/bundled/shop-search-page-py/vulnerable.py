from flask import Flask, request

app = Flask(__name__)
PRODUCTS = ["Garden hose 20 m", "Hose clamp", "Watering can"]


@app.get("/search")
def search() -> str:
    """Search page: the form, how many products match, and their names."""
    term = request.args.get("q", "").strip()
    found = [name for name in PRODUCTS if term.casefold() in name.casefold()]
    items = "".join(f"<li>{name}</li>" for name in found)
    return f"""<!doctype html>
<title>Search: {term}</title>
<form action="/search"><input name="q" value="{term}"><button>Search</button></form>
<p>{len(found)} products for <em>{term}</em></p>
<ul>{items}</ul>
"""
