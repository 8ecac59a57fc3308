# vulnerable: secure_filename cleans the file's name, the folder beside it is joined as it came
import os

from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
UPLOADS = "/var/uploads"


@app.route("/fetch")
def fetch():
    folder = request.args.get("folder", "")
    name = secure_filename(request.args.get("name", ""))
    path = os.path.join(UPLOADS, folder, name)
    if not os.path.isfile(path):
        return "missing", 404
    with open(path, "rb") as fh:
        return fh.read()
