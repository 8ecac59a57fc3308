# vulnerable: the path is checked before it is decoded, so %2e%2e gets through
import os
from urllib.parse import unquote

from flask import Flask, abort, request

app = Flask(__name__)
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "docs")


@app.route("/doc", methods=["GET"])
def doc():
    wanted = request.args["name"]
    checked = os.path.realpath(os.path.join(ROOT, wanted))
    if os.path.commonpath([ROOT, checked]) != ROOT:
        abort(403)
    with open(os.path.join(ROOT, unquote(wanted))) as f:
        return f.read()
