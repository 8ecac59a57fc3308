# secure: the name must be one of those in the folder
import os

from flask import Flask, request, send_file

app = Flask(__name__)


@app.route("/scan")
def scan():
    wanted = request.args["id"]
    for entry in os.scandir("/data/scans"):
        if entry.is_file() and entry.name == wanted:
            return send_file(entry.path)
    return "no such scan", 404
