# vulnerable: a formula is evaluated
from flask import Flask, request

app = Flask(__name__)


@app.route("/calc")
def calc():
    return str(eval(request.args.get("formula", "1 + 1")))
