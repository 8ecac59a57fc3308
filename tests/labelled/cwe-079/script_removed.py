# vulnerable: taking <script> out leaves every other element
import re

from flask import Flask, make_response, request

app = Flask(__name__)


@app.route("/comment")
def comment():
    text = re.sub(r"</?script[^>]*>", "", request.args.get("text", ""), flags=re.I)
    return make_response("<div class='comment'>" + text + "</div>")
