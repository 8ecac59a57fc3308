from pathlib import Path

from flask import Flask, request, send_from_directory
from werkzeug.wrappers import Response

MANUALS = Path("/srv/help/manuals")

app = Flask(__name__)


@app.get("/manual/<path:page>")
def show_manual(page: str) -> Response:
    """Send a file of the manual in the visitor's language."""
    language = request.args.get("lang", "en")
    # Only the second argument is checked, the directory is trusted: what the visitor sends belongs into the second.
    return send_from_directory(MANUALS, f"{language}/{page}", max_age=3600)
