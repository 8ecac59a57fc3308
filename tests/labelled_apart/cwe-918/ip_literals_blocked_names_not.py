# vulnerable: 127.0.0.1 is blocked, localhost and names that resolve to it are not
import ipaddress
from urllib.parse import urlparse

import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/thumbnail")
def thumbnail():
    url = request.args["image"]
    host = urlparse(url).hostname or ""
    try:
        if ipaddress.ip_address(host).is_private:
            return "private address", 403
    except ValueError:
        pass
    return requests.get(url, timeout=4).content
