# secure: only a number from the request reaches the address
from flask import Flask, redirect, request, url_for

app = Flask(__name__)


@app.route("/item/<int:number>")
def item(number):
    return f"item {number}"


@app.route("/open")
def open_item():
    return redirect(url_for("item", number=int(request.args.get("id", "1"))))
