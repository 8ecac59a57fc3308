from pathlib import Path
from uuid import uuid4

from flask import Flask, abort, request, send_from_directory
from werkzeug.wrappers import Response

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 5_000_000
RECEIPTS = Path(app.instance_path) / "receipts"
ENDINGS = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


@app.post("/receipts")
def upload_receipt() -> tuple[dict[str, str], int]:
    """Store a receipt and return its id."""
    file = request.files["receipt"]
    start = file.stream.read(8)
    file.stream.seek(0)
    # Name and Content-Type are the client's claims; the content picks one of three endings, and the name is ours.
    ending = next((ending for magic, ending in ENDINGS.items() if start.startswith(magic)), None)
    if ending is None:
        abort(415)
    name = uuid4().hex + ending
    RECEIPTS.mkdir(parents=True, exist_ok=True)
    file.save(RECEIPTS / name)
    return {"id": name}, 201


@app.get("/receipts/<name>")
def show_receipt(name: str) -> Response:
    """Show a receipt in the browser."""
    response = send_from_directory(RECEIPTS, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
