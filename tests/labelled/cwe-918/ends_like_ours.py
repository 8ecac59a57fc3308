# vulnerable: a host that only ends like ours
from urllib.parse import urlsplit

import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/thumbnail")
def thumbnail():
    address = request.args["src"]
    if not (urlsplit(address).hostname or "").endswith("photos.example.org"):
        return "foreign picture", 400
    return requests.get(address, timeout=4, allow_redirects=False).content
