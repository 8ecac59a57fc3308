# secure: what reaches the shell went through int
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    try:
        count = min(int(request.args.get("count", "1")), 5)
    except ValueError:
        return "bad count", 400
    return os.popen("ping -c %d localhost" % count).read()
