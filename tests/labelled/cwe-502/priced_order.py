# secure: safe_load, and only a number made of the document comes back
import yaml
from flask import Flask, request

app = Flask(__name__)
PRICES = {"A": 1.5, "B": 2.25}


@app.route("/total")
def total():
    order = yaml.safe_load(request.args["order"])
    return str(PRICES.get(order["code"], 0) * int(order["quantity"]))
