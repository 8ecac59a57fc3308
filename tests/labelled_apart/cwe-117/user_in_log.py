# vulnerable: a line break in the name starts a line of its own
import logging

from flask import Flask, request

logging.basicConfig(filename="app.log", level=logging.INFO, format="%(levelname)s %(message)s")
app = Flask(__name__)


@app.route("/login")
def login():
    logging.info("login of %s", request.args.get("user", ""))
    return "ok"
