# vulnerable: four slashes: urljoin makes a path of ours of them, the browser goes to the host behind
from urllib.parse import urljoin, urlsplit

from flask import Flask, redirect, request

app = Flask(__name__)


def is_ours(target):
    if "\\" in target or any(ord(c) < 33 for c in target):
        return False
    here = urlsplit(request.host_url)
    there = urlsplit(urljoin(request.host_url, target))
    return there.scheme in ("http", "https") and there.netloc == here.netloc


@app.route("/back")
def back():
    target = request.args.get("url", "/")
    return redirect(target if is_ours(target) else "/")
