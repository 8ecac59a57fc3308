from pathlib import Path

from flask import Flask, abort, request, send_file, session
from werkzeug.wrappers import Response

ARCHIVE = Path("/srv/portal/archive")

app = Flask(__name__)
app.config.from_prefixed_env()


@app.get("/documents")
def download_document() -> Response:
    """Send one document of the signed-in customer, such as `?name=2024/invoice-17.pdf`."""
    if "customer" not in session:
        abort(401)
    folder = (ARCHIVE / session["customer"]).resolve()
    document = (folder / request.args.get("name", "").replace("\0", "")).resolve()
    # resolve() has followed "..", absolute names and symlinks; whole components count, so "acme-2" is not in "acme".
    if not document.is_relative_to(folder) or not document.is_file():
        abort(404)
    return send_file(document, as_attachment=True)
