# secure: no shell, and "--" ends the options
import subprocess

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/size")
def size():
    path = request.args.get("path", ".")
    result = subprocess.run(["du", "-sh", "--", path], capture_output=True, text=True, check=False)
    return jsonify(output=result.stdout)
