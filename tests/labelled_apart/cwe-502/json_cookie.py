# secure: JSON carries data only
import base64
import json

from flask import Flask, request

app = Flask(__name__)


@app.route("/basket")
def basket():
    raw = request.args.get("basket", "W10=")
    items = json.loads(base64.b64decode(raw))
    return {"count": len(items)}
