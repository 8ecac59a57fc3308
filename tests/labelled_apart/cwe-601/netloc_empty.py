# vulnerable: urlparse sees no host in /\evil.example or http:evil.example, browsers do
from urllib.parse import urlparse

from flask import Flask, make_response, request

app = Flask(__name__)


@app.route("/language/<code>")
def language(code):
    target = request.args.get("return_to", "/")
    if urlparse(target).netloc:
        target = "/"
    answer = make_response("", 302)
    answer.headers["Location"] = target
    answer.set_cookie("lang", code[:2])
    return answer
