# vulnerable: only the beginning is looked at; a folder that exists and then "../.." leads out
import os

from flask import Flask, request

app = Flask(__name__)


@app.get("/notes")
def notes():
    name = request.args.get("name", "")
    if name.startswith("/") or name.startswith("."):
        return "bad name", 400
    handle = os.open("/data/notes/" + name, os.O_RDONLY)
    try:
        return os.read(handle, 65536)
    finally:
        os.close(handle)
