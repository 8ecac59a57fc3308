# secure: what "ls" would do is done without a program
import os

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.route("/tree")
def tree():
    folder = request.args.get("folder", ".")
    if not os.path.isdir(folder):
        return "no such folder", 404
    return jsonify(sorted(os.listdir(folder)))
