# vulnerable: goes wherever next says
from flask import Flask, redirect, request, session

app = Flask(__name__)
app.secret_key = "set in production"


@app.route("/login", methods=["GET", "POST"])
def login():
    session["user"] = request.values.get("user", "guest")
    return redirect(request.args.get("next") or "/")
