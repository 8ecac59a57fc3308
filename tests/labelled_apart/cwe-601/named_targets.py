# secure: next is a name in a table
from flask import Flask, redirect, request

app = Flask(__name__)
PAGES = {"cart": "/shop/cart", "orders": "/account/orders"}


@app.route("/go")
def go():
    return redirect(PAGES.get(request.args.get("to", ""), "/"))
