# secure: the answer is plain text and says that it must not be guessed at
from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/echo")
def echo():
    answer = Response("You said: " + request.args.get("m", ""), mimetype="text/plain")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
