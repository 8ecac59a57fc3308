# vulnerable: the folder of the signed-in user is compared without a separator, so "../anna-2/x" passes for anna
from pathlib import Path

from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = "for the tests"


@app.route("/mine")
def mine():
    home = Path("/data/homes") / session["user"]
    asked = Path(f"{home}/{request.args['file']}").resolve()
    if not str(asked).startswith(str(home)):
        return "not yours", 403
    return asked.read_bytes()
