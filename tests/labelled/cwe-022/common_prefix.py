# vulnerable: commonprefix compares characters, not components: /data/wiki-old begins like /data/wiki
import os

from flask import Flask, abort, request

app = Flask(__name__)
WIKI = "/data/wiki"


@app.route("/page")
def page():
    target = os.path.realpath(os.path.join(WIKI, request.args["title"]))
    if os.path.commonprefix([target, WIKI]) != WIKI:
        abort(403)
    with open(target) as stream:
        return stream.read()
