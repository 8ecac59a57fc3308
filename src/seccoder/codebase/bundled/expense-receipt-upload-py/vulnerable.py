import os
from pathlib import Path
from uuid import uuid4

from flask import Flask, abort, request, send_from_directory
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 5_000_000
RECEIPTS = Path(app.instance_path) / "receipts"
TYPES = {"application/pdf", "image/png", "image/jpeg"}


@app.post("/receipts")
def upload_receipt() -> tuple[dict[str, str], int]:
    """Store a receipt and return its id."""
    file = request.files["receipt"]
    if file.mimetype not in TYPES:
        abort(415)
    ending = os.path.splitext(secure_filename(file.filename))[1]
    name = uuid4().hex + ending
    RECEIPTS.mkdir(parents=True, exist_ok=True)
    file.save(RECEIPTS / name)
    return {"id": name}, 201


@app.get("/receipts/<name>")
def show_receipt(name: str) -> Response:
    """Show a receipt in the browser."""
    return send_from_directory(RECEIPTS, name)
