# vulnerable: shlex.quote's single quotes mean nothing inside the double quotes around them
import os
import shlex

from flask import Flask, request

app = Flask(__name__)


@app.route("/log", methods=["POST"])
def log():
    message = request.form.get("message", "")
    os.system('echo "note: %s" >> /tmp/notes.log' % shlex.quote(message))
    return "ok"
