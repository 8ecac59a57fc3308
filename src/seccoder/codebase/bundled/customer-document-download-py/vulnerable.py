import os

from flask import Flask, abort, request, send_file, session
from werkzeug.wrappers import Response

ARCHIVE = "/srv/portal/archive"

app = Flask(__name__)
app.config.from_prefixed_env()


@app.get("/documents")
def download_document() -> Response:
    """Send one document of the signed-in customer, such as `?name=2024/invoice-17.pdf`."""
    if "customer" not in session:
        abort(401)
    folder = os.path.join(ARCHIVE, session["customer"])
    document = os.path.abspath(os.path.join(folder, request.args.get("name", "").replace("\0", "")))
    if not document.startswith(folder) or not os.path.isfile(document):
        abort(404)
    return send_file(document, as_attachment=True)
