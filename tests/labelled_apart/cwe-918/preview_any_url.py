# vulnerable: fetches whatever address the form names
import requests
from flask import Flask, request

app = Flask(__name__)


@app.route("/preview", methods=["POST"])
def preview():
    page = requests.get(request.form["url"], timeout=5)
    return page.text[:500]
