# vulnerable: the pattern itself comes from the request
import re

from flask import Flask, request

app = Flask(__name__)
NAMES = ["alice" * 6, "bob", "a" * 40]


@app.route("/names")
def names():
    pattern = request.args.get("pattern", "a")
    return {"names": [name for name in NAMES if re.match(pattern, name)]}
