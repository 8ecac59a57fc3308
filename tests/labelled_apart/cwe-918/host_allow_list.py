# secure: the host must be one of two, the scheme https, and redirects are not followed
from urllib.parse import urlsplit

import requests
from flask import Flask, abort, request

app = Flask(__name__)
FEEDS = {"feeds.example.com", "news.example.org"}


@app.route("/feed")
def feed():
    url = request.args.get("url", "https://feeds.example.com/today.xml")
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in FEEDS or parts.port not in (None, 443):
        abort(400)
    return requests.get(url, timeout=5, allow_redirects=False).text
