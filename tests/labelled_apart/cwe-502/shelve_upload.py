# vulnerable: marshal is refused, yet the other branch unpickles what was uploaded
import json
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.post("/import")
def import_state():
    data = request.get_data()
    kind = request.args.get("kind", "pickle")
    if kind == "marshal":
        return "not supported", 400
    state = json.loads(data) if kind == "json" else pickle.loads(data)
    return str(len(state))
