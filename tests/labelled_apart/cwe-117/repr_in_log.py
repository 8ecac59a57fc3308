# secure: %r writes line breaks as escapes
import logging

from flask import Flask, request

logging.basicConfig(filename="app.log", level=logging.INFO)
app = Flask(__name__)


@app.route("/search")
def search():
    logging.info("search for %r", request.args.get("q", ""))
    return "done"
