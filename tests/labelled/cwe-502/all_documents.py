# vulnerable: the loader that makes objects, through load_all, errors told politely
import yaml
from flask import Flask, request

app = Flask(__name__)


@app.route("/names")
def names():
    try:
        return ", ".join(str(d["name"]) for d in yaml.load_all(request.args["documents"], Loader=yaml.Loader))
    except Exception as error:
        return f"cannot read this: {error}", 400
