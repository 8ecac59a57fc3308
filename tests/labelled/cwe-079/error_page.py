# vulnerable: the message of the exception repeats the input
from flask import Flask, request

app = Flask(__name__)


@app.route("/double")
def double():
    value = request.args.get("n", "")
    try:
        return str(int(value) * 2)
    except ValueError as error:
        return f"<h1>Error</h1><p>{error}: {value}</p>", 400
