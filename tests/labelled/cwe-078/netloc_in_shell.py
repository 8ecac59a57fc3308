# vulnerable: the host part of an address may hold a semicolon and reaches a shell
import subprocess
from urllib.parse import urlsplit

from flask import Flask, request

app = Flask(__name__)


@app.route("/trace")
def trace():
    place = urlsplit(request.args["address"]).netloc
    done = subprocess.run("traceroute -m 4 " + place, shell=True, capture_output=True, text=True)
    return done.stdout, 200, {"Content-Type": "text/plain"}
